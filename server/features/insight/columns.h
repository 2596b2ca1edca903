/* The columns of insight_sum as pieces of SQL, in the order of enum counter; a unit test holds them to insight.def. Private to this folder. */
#ifndef LINLI_INSIGHT_COLUMNS_H
#define LINLI_INSIGHT_COLUMNS_H

#define COLUMN_LIST \
    "reported, filed, dispatched, returned, first, first_right, due, due_closed, closed_on_time, extended, " \
    "checked, reworked, closed, rejected, beyond_powers, valid, resolved, starred, satisfied, asked, contacted, " \
    "unreachable, upheld, whistled, whistle_answered, open_reported, open_due, in_reported, in_waiting, " \
    "in_accepted, in_dispatched, in_handling, in_handled, in_suspended"

/* Of the measures alone. */
#define MEASURE_SUMS \
    "SUM(reported), SUM(filed), SUM(dispatched), SUM(returned), SUM(first), SUM(first_right), SUM(due), " \
    "SUM(due_closed), SUM(closed_on_time), SUM(extended), SUM(checked), SUM(reworked), SUM(closed), SUM(rejected), " \
    "SUM(beyond_powers), SUM(valid), SUM(resolved), SUM(starred), SUM(satisfied), SUM(asked), SUM(contacted), " \
    "SUM(unreachable), SUM(upheld), SUM(whistled), SUM(whistle_answered)"

#define COLUMN_SUMS \
    MEASURE_SUMS ", SUM(open_reported), SUM(open_due), SUM(in_reported), SUM(in_waiting), SUM(in_accepted), " \
    "SUM(in_dispatched), SUM(in_handling), SUM(in_handled), SUM(in_suspended)"

#define NO_MEASURES "0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0"

/* Rows of parameters, for statements that write several: $1 is the tenant, and each row begins at a multiple of ten of its own. */
#define NINE(t) \
    "$" #t "0, $" #t "1, $" #t "2, $" #t "3, $" #t "4, $" #t "5, $" #t "6, $" #t "7, $" #t "8"
#define TEN(t) NINE(t) ", $" #t "9"
/* Unit, grain, day, counters; the part is the same for all rows. */
#define COUNT_ROW(a, b, c, d) \
    "($1, " TEN(a) ", " TEN(b) ", " TEN(c) ", $" #d "0, $" #d "1, $" #d "2, $" #d "3, $" #d "4, $" #d "5, $" #d "6, $2)"
#define COUNT_KEY  "tenant_id, unit_id, grain, day, part"
#define COUNT_INTO "INSERT INTO insight_sum (tenant_id, unit_id, grain, day, " COLUMN_LIST ", part) "

#define COLUMN_ADDS \
    "reported = insight_sum.reported + excluded.reported, filed = insight_sum.filed + excluded.filed, " \
    "dispatched = insight_sum.dispatched + excluded.dispatched, " \
    "returned = insight_sum.returned + excluded.returned, first = insight_sum.first + excluded.first, " \
    "first_right = insight_sum.first_right + excluded.first_right, due = insight_sum.due + excluded.due, " \
    "due_closed = insight_sum.due_closed + excluded.due_closed, " \
    "closed_on_time = insight_sum.closed_on_time + excluded.closed_on_time, " \
    "extended = insight_sum.extended + excluded.extended, checked = insight_sum.checked + excluded.checked, " \
    "reworked = insight_sum.reworked + excluded.reworked, closed = insight_sum.closed + excluded.closed, " \
    "rejected = insight_sum.rejected + excluded.rejected, " \
    "beyond_powers = insight_sum.beyond_powers + excluded.beyond_powers, " \
    "valid = insight_sum.valid + excluded.valid, resolved = insight_sum.resolved + excluded.resolved, " \
    "starred = insight_sum.starred + excluded.starred, satisfied = insight_sum.satisfied + excluded.satisfied, " \
    "asked = insight_sum.asked + excluded.asked, contacted = insight_sum.contacted + excluded.contacted, " \
    "unreachable = insight_sum.unreachable + excluded.unreachable, " \
    "upheld = insight_sum.upheld + excluded.upheld, whistled = insight_sum.whistled + excluded.whistled, " \
    "whistle_answered = insight_sum.whistle_answered + excluded.whistle_answered, " \
    "open_reported = insight_sum.open_reported + excluded.open_reported, " \
    "open_due = insight_sum.open_due + excluded.open_due, " \
    "in_reported = insight_sum.in_reported + excluded.in_reported, " \
    "in_waiting = insight_sum.in_waiting + excluded.in_waiting, " \
    "in_accepted = insight_sum.in_accepted + excluded.in_accepted, " \
    "in_dispatched = insight_sum.in_dispatched + excluded.in_dispatched, " \
    "in_handling = insight_sum.in_handling + excluded.in_handling, " \
    "in_handled = insight_sum.in_handled + excluded.in_handled, " \
    "in_suspended = insight_sum.in_suspended + excluded.in_suspended"

/* The measure whose number is $5. */
#define MEASURE_CASE \
    "CASE CAST($5 AS BIGINT) WHEN 0 THEN reported WHEN 1 THEN filed WHEN 2 THEN dispatched WHEN 3 THEN returned WHEN 4 THEN first " \
    "WHEN 5 THEN first_right WHEN 6 THEN due WHEN 7 THEN due_closed WHEN 8 THEN closed_on_time " \
    "WHEN 9 THEN extended WHEN 10 THEN checked WHEN 11 THEN reworked WHEN 12 THEN closed WHEN 13 THEN rejected " \
    "WHEN 14 THEN beyond_powers WHEN 15 THEN valid WHEN 16 THEN resolved WHEN 17 THEN starred " \
    "WHEN 18 THEN satisfied WHEN 19 THEN asked WHEN 20 THEN contacted WHEN 21 THEN unreachable WHEN 22 THEN upheld " \
    "WHEN 23 THEN whistled WHEN 24 THEN whistle_answered END"

#endif
