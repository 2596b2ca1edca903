/* open311.c: the route table and the life of the feature. */
#include "open311_parts.h"
#include "../../base/rate.h"

#define ADDRESSES 4096
#define KEYS      256
#define FORM_MOST ((size_t)64 * 1024)

/* What looks like a call of the standard and is none: told in its own form. */
static err no_such_call(struct req *r)
{
    struct door door;
    TRY(open311_door(r, &door));
    return FAIL(ERR_NOT_FOUND);
}

#define DOOR(method_, path_, handler_, tx_, type_)                                                                              \
    .method = method_, .path = path_, .handler = handler_, .perm = PERM_PUBLIC, .tx = tx_, .reply_kind = REPLY_BYTES, .reply_type = type_, \
    .flags = ROUTE_FOREIGN, .problem = open311_problem, .tag = "open311"
#define READS(path_, handler_, summary_)                                                                     \
    { DOOR(GET, path_ ".xml", handler_, TX_READ, "text/xml"), .summary = summary_ ", XML" },                  \
    { DOOR(GET, path_ ".json", handler_, TX_READ, "application/json"), .summary = summary_ ", JSON" }
#define ONE(path_, handler_, summary_) { DOOR(GET, path_, handler_, TX_READ, "text/xml"), .summary = summary_ }
#define TAKES(path_, handler_, type_, summary_)                                                                                             \
    { DOOR(POST, path_, handler_, TX_WRITE, type_), .body_kind = BODY_RAW, .body_max = FORM_MOST,                             \
      .body_type = "application/x-www-form-urlencoded", .summary = summary_ }

static const struct route open311_routes[] = {
    READS("/open311/discovery", open311_discovery, "Open311: where and what"),
    READS("/open311/v2/services", open311_services, "Open311: services that can be asked for"),
    ONE("/open311/v2/services/*code", open311_definition, "Open311: what a service asks; code.xml or code.json"),
    READS("/open311/v2/requests", open311_requests, "Open311: requests, as everybody may know them"),
    TAKES("/open311/v2/requests.xml", open311_post, "text/xml", "Open311: report, with a key; answered in XML"),
    TAKES("/open311/v2/requests.json", open311_post, "application/json", "Open311: report, with a key; answered in JSON"),
    ONE("/open311/v2/requests/*id", open311_request, "Open311: one request; id.xml or id.json"),
    ONE("/open311/v2/tokens/*token", open311_token, "Open311: the request of a token; token.xml or token.json"),
    READS("/open311/v2/servicerequestupdates", open311_updates, "Open311 extension: changes of state"),
    TAKES("/open311/v2/servicerequestupdates.xml", open311_post_update, "text/xml", "Open311 extension: say what became of a case, with a key; XML"),
    TAKES("/open311/v2/servicerequestupdates.json", open311_post_update, "application/json",
          "Open311 extension: say what became of a case, with a key; JSON"),
    ONE("/open311/v2/services", no_such_call, "Open311: the format is missing"),
    ONE("/open311/v2/requests", no_such_call, "Open311: the format is missing"),
    ONE("/open311/v2/tokens", no_such_call, "Open311: the format is missing"),
    { .method = GET, .path = "/feeds/cases.atom", .handler = open311_atom, .perm = PERM_PUBLIC, .tx = TX_READ, .reply_kind = REPLY_BYTES,
      .reply_type = "application/atom+xml", .flags = ROUTE_FOREIGN, ROUTE_ERRORS(ERR_TOO_MANY), .summary = "Cases that staff released, newest first",
      .tag = "open311" },
    ONE("/open311/v2/*call", no_such_call, "Open311: no such call, told in the standard's form"),
    ROUTE_END
};

static err start(struct app *app)
{
    struct arena         *a = arena_new(256 * 1024);
    struct open311_state *s = ARENA_NEW(a, struct open311_state);
    s->arena = a;
    s->reads = rate_new(a, ADDRESSES);
    s->reports = rate_new(a, KEYS);
    app->open311 = s;
    return OK;
}

static void stop(struct app *app)
{
    struct open311_state *s = app->open311;
    if (!s)
        return;
    rate_end(s->reads);
    rate_end(s->reports);
    app->open311 = NULL;
    arena_free(s->arena);
}

const struct feature open311_feature = {
    .name = "open311", .routes = open311_routes, .more_routes = { open311_key_routes, open311_attribute_routes }, .start = start, .stop = stop
};
