/* pinyin: names found by how they are said. "wtl", "wutongli" and "wutl" all find 梧桐里社区, as an input method would have it.
 *
 * A character has one reading here, ICU's most usual one (transliteration Han-Latin of the Unicode CLDR): 重庆 is found by "zq" only when the
 * table says zhong, else by "cq". Characters outside the Basic Multilingual Plane's CJK block are passed over. */
#ifndef LINLI_BASE_PINYIN_H
#define LINLI_BASE_PINYIN_H

#include "str.h"

struct pinyin;   /* readings of all characters, 150 KB; read by any number of threads */

/* Makes the table, which takes about a third of a second, in the arena. NULL when ICU has no such transliteration. */
struct pinyin *pinyin_new(struct arena *a);

/* True when typed may be said by pinyin: two letters or more, nothing but ASCII letters, digits and blanks. */
bool pinyin_typed(struct str typed);

/* Does typed spell some of name, each syllable by its beginning, from the beginning of a syllable on? Case and blanks do not matter.
 * Returns the place of that syllable among the name's, from 0; -1: it does not. p NULL: never. */
int pinyin_find(const struct pinyin *p, struct str typed, struct str name);

#endif
