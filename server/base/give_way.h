/* give_way: a command's long work beside those who serve on the same machine. */
#ifndef LINLI_BASE_GIVE_WAY_H
#define LINLI_BASE_GIVE_WAY_H

/* From now on this thread takes processor and disk behind all others, and give_way does what it says. Once, from a command's one thread. */
void give_way_from_now(void);

/* To be called after each small piece of work; does nothing before give_way_from_now. Every half millisecond it leaves the processor for a moment:
 * being behind others counts within one session or control group alone (sched(7)), and beyond it who waits in turn, as those who listen do
 * (http/listen.c), waits for the scheduler's next look, up to four milliseconds. On a machine that does nothing else the work takes two fifths longer. */
void give_way(void);

#endif
