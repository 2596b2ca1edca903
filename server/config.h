/* Configuration: defaults, then a file (ini), then the environment (LINLI_…), then flags; the later wins. */
#ifndef LINLI_CONFIG_H
#define LINLI_CONFIG_H

#include "base/err.h"

struct config {
    char data[512];         /* data folder                    data        LINLI_DATA        --data        ./data */
    char db[1024];          /* postgresql://…                 db          LINLI_DB          --db          none: SQLite, the file linli.db in the data folder */
    char address[64];       /* address listened on            address     LINLI_ADDRESS     --address     127.0.0.1 */
    int  port;              /* 0: any free one                port        LINLI_PORT        --port        8080 */
    int  node;              /* this process's node, 0–63      node        LINLI_NODE        --node        0 */
    bool trust_proxy;       /* honour X-Forwarded-*           trust_proxy LINLI_TRUST_PROXY --trust-proxy false */
    int  connections;       /* most served at once            connections LINLI_CONNECTIONS --connections 1024 */
    char metrics_token[128];/* for /metrics from elsewhere    metrics_token LINLI_METRICS_TOKEN --metrics-token none: from this machine only */
    bool log_json;          /* log lines as JSON              log_json    LINLI_LOG_JSON    --log-json    false */
    char log_level[8];      /* debug info warn error          log_level   LINLI_LOG_LEVEL   --log-level   info */
};

void config_defaults(struct config *c);
/* Reads an ini file; a wrong line is named in the log. ERR_NOT_FOUND: no such file. */
MUST err config_file(struct config *c, const char *path);
MUST err config_environment(struct config *c);
/* One setting by name; ERR_UNKNOWN_FIELD, ERR_INVALID. */
MUST err config_set(struct config *c, const char *name, const char *value);
/* Prints the flags' part of --help. */
void config_help(void);

#endif
