/* The command line: linli COMMAND [flags]. Exit codes: 0 done, 1 failed, 2 wrong usage. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "app.h"
#include "base/log.h"
#include "command.h"

static const struct command commands[] = {
    { "serve", "serve the districts over HTTP", command_serve },
    { "init", "make a data folder and a district", command_init },
    { "demo", "make a demonstration district", command_demo },
    { "tenant", "districts of this installation: list, create, hosts", command_tenant },
    { "migrate", "bring the database to this program's schema", command_migrate },
    { "import", "import areas, cases, a calendar or a district from files", command_import },
    { "export", "one district whole into a file, to move it elsewhere", command_export },
    { "backup", "all districts into one file, beside a running server", command_backup },
    { "restore", "a backup into an empty folder and database", command_restore },
    { "verify", "hold a backup or an exported district to all it says", command_verify },
    { "user", "people's accounts: add, list, password, lock, unlock, role", command_user },
    { "audit", "verify the audit chain, print its head", command_audit },
    { "settings", "print all settings as one file, take one in", command_settings },
    { "openapi", "print the API document", command_openapi },
    { "doctor", "look for what is wrong with data folder and database", command_doctor },
};
#define COMMANDS (sizeof commands / sizeof *commands)

static int usage(FILE *out, int code)
{
    fputs("Linli " LINLI_VERSION ": run a neighbourhood together\n\nusage: linli COMMAND [flags]\n\n", out);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].summary);
    fputs("\nlinli COMMAND --help tells more. linli --version prints the version.\n", out);
    return code;
}

/* Signals are taken by sigwait in app_serve alone; every thread inherits the mask. */
static void block_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "--help";
    if (strcmp(name, "--help") == 0 || strcmp(name, "help") == 0)
        return usage(argc > 1 ? stdout : stderr, argc > 1 ? 0 : 2);
    if (strcmp(name, "--version") == 0) {
        puts("linli " LINLI_VERSION);
        return 0;
    }
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0) {
            if (strcmp(name, "serve") == 0)
                block_signals();
            return commands[i].run(argc - 2, argv + 2);
        }
    fprintf(stderr, "linli: there is no command %s\n\n", name);
    return usage(stderr, 2);
}
