/* The districts of a city side by side. Private to this folder. */
#ifndef LINLI_INSIGHT_CITY_H
#define LINLI_INSIGHT_CITY_H

#include "read.h"

/* A district, or all of them together. */
struct city_line {
    int64_t       id;
    struct str    code, name;
    ms            joined_at;
    int64_t       cases, counted;      /* cases from before the counters, and how many of them are counted; 0: all are */
    struct totals now, before;         /* the period, and the one before, as long */
    int64_t       open, overdue;       /* now; overdue: since before this hour */
};

/* Those that belong to it, with the sums of from … to. One query reads all sums. */
MUST err city_read(struct db_conn *c, struct arena *a, int64_t city, int64_t from, int64_t to, int64_t hour, struct list *lines);
/* Sums of sums: rates of the whole are computed from them, never from rates. */
struct city_line city_sum(struct list lines);
/* One for each day, of all districts together. */
MUST err city_series(struct db_conn *c, struct arena *a, int64_t city, int64_t from, int64_t to, struct totals **out);
/* The city a district belongs to; *name stays as it was when there is none. */
MUST err city_of(struct db_conn *c, struct arena *a, int64_t district, struct str *name, ms *since);

extern const struct route city_routes[];

#endif
