/* Cells of every kind in both languages, as a file holds them. A page's cursor and a whole file are told over HTTP: tests/api/list-export.test.mjs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "list.h"

struct thing { struct str title; int64_t n, none; bool open; int state; struct strs who; ms at, never; };
static const char *const state_words[] = { NULL, "new", "old", NULL };
static const struct field fields[] = {
    FIELD_STR(struct thing, title, 0, 0, 0, ""), FIELD_I64(struct thing, n, 0, 0, 0, ""), FIELD_I64(struct thing, none, 0, 0, 0, ""),
    FIELD_BOOL(struct thing, open, 0, ""), FIELD_WORD(struct thing, state, state_words, 0, ""), FIELD_STRS(struct thing, who, 0, 0, 0, ""),
    FIELD_TIME(struct thing, at, 0, ""), FIELD_TIME(struct thing, never, 0, ""), FIELD_END
};
static const char *const said[][2] = { { "", "" }, { "新的", "fresh" }, { "旧的", "aged" } };

static struct str say(struct req *r, const void *item, void *arg)
{
    return str_fmt(r->arena, "%s%lld", (const char *)arg, (long long)((const struct thing *)item)->n);
}

static const struct list_column columns[] = {
    { "标题", "Title", 20, .member = "title" }, { "数", "N", 5, .member = "n" }, { "零", "Zero", 5, .member = "none" }, { "空", "Empty", 5, .member = "none", .or_empty = true },
    { "开", "Open", 5, .member = "open" }, { "状态", "State", 5, .member = "state", .words = said }, { "代码", "Code", 5, .member = "state" },
    { "谁", "Who", 9, .member = "who" }, { "何时", "At", 9, .member = "at" }, { "没有", "Never", 9, .member = "never" }, { "话", "Said", 9, .say = say },
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void read_file(const char *path, char *text, size_t room)
{
    FILE  *f = fopen(path, "re");
    size_t n = f ? fread(text, 1, room - 1, f) : 0;
    text[n] = 0;
    if (f)
        fclose(f);
}

static void cells_say_what_a_member_holds(void **state)
{
    (void)state;
    static const struct { enum lang lang; const char *want; } rows[] = {
        { LANG_ZH, "\xEF\xBB\xBF标题,数,零,空,开,状态,代码,谁,何时,没有,话\r\n\"甲,乙\",-3,0,,是,旧的,old,甲、乙,1970-01-02 08:00,,#-3\r\n" },
        { LANG_EN, "\xEF\xBB\xBFTitle,N,Zero,Empty,Open,State,Code,Who,At,Never,Said\r\n\"甲,乙\",-3,0,,yes,aged,old,\"甲, 乙\",1970-01-02 08:00,,#-3\r\n" },
    };
    char path[] = "/tmp/linli-list-XXXXXX", text[512];
    int  fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena       *a = arena_new(0);
        struct req          r = { .arena = a, .lang = rows[i].lang };
        struct str          who[] = { STR("甲"), STR("乙") };
        struct thing        t = { STR("甲,乙"), -3, 0, true, 2, { who, 2 }, MS_DAY, 0 };
        struct sheet_column heads[COLUMNS];
        struct sheet       *s;
        for (int c = 0; c < COLUMNS; c++)
            heads[c] = (struct sheet_column){ columns[c].zh, columns[c].en, columns[c].width };
        assert_int_equal(sheet_open(a, SHEET_CSV, str_of(path), heads, COLUMNS, rows[i].lang == LANG_ZH, 480, &s).code, ERR_NONE);
        for (int c = 0; c < COLUMNS; c++)
            list_cell(&r, s, fields, &columns[c], &t, (void *)"#");
        sheet_row_end(s);
        assert_int_equal(sheet_close(s).code, ERR_NONE);
        read_file(path, text, sizeof text);
        assert_string_equal(text, rows[i].want);
        arena_free(a);
    }
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(cells_say_what_a_member_holds) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
