/* user, audit, settings: commands whose work belongs to a feature. */
#include <stdio.h>

#include "command.h"
#include "features/account/account.h"
#include "features/audit/audit.h"
#include "features/setting/setting.h"

/* Reads the common flags, opens the application and hands the rest over. */
static int with_app(int argc, char **argv, const char *help, int (*run)(struct app *app, int argc, char **argv, bool json))
{
    struct command_line line;
    if (!command_read(argc, argv, &line))
        return 2;
    if (line.help || line.argc == 0) {
        fputs(help, line.help ? stdout : stderr);
        if (line.help)
            config_help();
        return line.help ? 0 : 2;
    }
    struct app *app = command_app(&line, APP_FEATURES);
    if (!app)
        return 1;
    int code = run(app, line.argc, line.argv, line.json);
    app_close(app);
    return code;
}

int command_user(int argc, char **argv)
{
    return with_app(argc, argv, user_command_help(), user_command);
}

int command_audit(int argc, char **argv)
{
    return with_app(argc, argv, audit_command_help(), audit_command);
}

int command_settings(int argc, char **argv)
{
    return with_app(argc, argv, setting_command_help(), setting_command);
}
