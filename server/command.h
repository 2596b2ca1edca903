/* Commands of the command line. argv holds what follows the command's name. Each prints its own --help and returns the exit code:
 * 0 done, 1 failed, 2 wrong usage. */
#ifndef LINLI_COMMAND_H
#define LINLI_COMMAND_H

#include "app.h"

struct command {
    const char *name, *summary;
    int       (*run)(int argc, char **argv);
};

int command_serve(int argc, char **argv);
int command_init(int argc, char **argv);
int command_demo(int argc, char **argv);
int command_migrate(int argc, char **argv);
int command_import(int argc, char **argv);
int command_user(int argc, char **argv);
int command_audit(int argc, char **argv);
int command_settings(int argc, char **argv);
int command_openapi(int argc, char **argv);
int command_export(int argc, char **argv);
int command_backup(int argc, char **argv);
int command_restore(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_tenant(int argc, char **argv);
int command_doctor(int argc, char **argv);

/* What the flags common to every command left over. */
struct command_line {
    struct config config;
    int           argc;      /* the command's own words and flags */
    char        **argv;
    const char   *tenant;    /* --tenant: which district, by code, host or number; NULL: the only one */
    bool          json;      /* --json */
    bool          help;      /* --help */
};

/* Reads --config, the environment, the common flags, --json and --help; the rest stays, in order. False after a message on stderr. */
bool command_read(int argc, char **argv, struct command_line *out);

/* Value of a flag of the command's own ("--mapping NAME"), taken out of the line; NULL when absent. */
const char *command_flag(struct command_line *line, const char *flag);
bool        command_switch(struct command_line *line, const char *flag);
/* False, with a message, when something unknown is left beyond `most` words. */
bool        command_rest(const struct command_line *line, int most);

/* `linli import tenant`; the line is read already. */
int command_import_tenant(struct command_line *line);

/* `linli tenant city …`: the line's first word is city. */
int command_city(struct app *app, struct command_line *line);

/* `linli tenant close | reopen | remove`: the line's first word says which. */
int command_close(struct app *app, struct command_line *line);

/* What a terminal says of a failure: its English text. Of ERR_UNAVAILABLE, whose text asks a browser to repeat its request, that the log has the reason. */
const char *command_text(err e);

/* Opens the application for a command that works beside no server; NULL after a message. */
struct app *command_app(const struct command_line *line, enum app_depth depth);

#endif
