/* `linli audit`: is the chain whole, and where does it end? */
#include <stdio.h>

#include "chain.h"

static const char help[] =
    "usage: linli audit VERB [flags]\n\n"
    "  verify [--head SEQ:HASH]   walk the chain; exit code 0 when it is whole, 1 when a row was changed, is missing or was cut off.\n"
    "                             --head: a head printed before and kept elsewhere must be part of it\n"
    "  head                       print the chain's last link, to be kept elsewhere\n";

struct audit_line {
    struct app              *app;
    struct audit_head        head;
    const struct audit_head *expected;
    int64_t                  rows, bad;
    const char              *problem;
};

const char *audit_command_help(void)
{
    return help;
}

static int fail(err e)
{
    fprintf(stderr, "linli: %s\n", err_text(e.code, false));
    return 1;
}

static err verify_work(struct db_conn *c, void *arg)
{
    struct audit_line *l = arg;
    return audit_walk(c, l->app->tenant, l->expected, &l->rows, &l->bad, &l->problem);
}

static err head_work(struct db_conn *c, void *arg)
{
    struct audit_line *l = arg;
    return audit_head_read(c, l->app->tenant, &l->head);
}

static int verify(struct audit_line *l, bool json)
{
    err e = db_read(l->app->db, verify_work, l);
    if (failed(e))
        return fail(e);
    if (json)
        printf("{\"ok\":%s,\"rows\":%lld,\"bad\":%lld,\"problem\":%s%s%s}\n", l->problem ? "false" : "true", (long long)l->rows,
               (long long)l->bad, l->problem ? "\"" : "", l->problem ? l->problem : "null", l->problem ? "\"" : "");
    else if (l->problem)
        printf("row %lld: %s\n", (long long)l->bad, l->problem);
    else
        printf("whole: %lld rows\n", (long long)l->rows);
    return l->problem ? 1 : 0;
}

static int head(struct audit_line *l, bool json)
{
    err e = db_read(l->app->db, head_work, l);
    if (failed(e))
        return fail(e);
    struct arena *a = arena_new(0);
    struct str    hex = str_hex(a, l->head.hash, HASH_SIZE);
    printf(json ? "{\"seq\":%lld,\"hash\":\"%.*s\"}\n" : "%lld:%.*s\n", (long long)l->head.seq, STR_ARG(hex));
    arena_free(a);
    return 0;
}

/* SEQ:HASH as `head` prints it. */
static bool read_head(const char *text, struct audit_head *out)
{
    struct str rest = str_of(text), seq = str_cut(&rest, ':');
    return str_to_i64(seq, &out->seq) && out->seq > 0 && str_unhex(rest, out->hash, HASH_SIZE);
}

int audit_command(struct app *app, int argc, char **argv, bool json)
{
    struct audit_line l = { .app = app };
    if (argc == 1 && strcmp(argv[0], "head") == 0)
        return head(&l, json);
    if (argc == 3 && strcmp(argv[0], "verify") == 0 && strcmp(argv[1], "--head") == 0 && read_head(argv[2], &l.head)) {
        l.expected = &l.head;
        return verify(&l, json);
    }
    if (argc == 1 && strcmp(argv[0], "verify") == 0)
        return verify(&l, json);
    fputs(help, stderr);
    return 2;
}
