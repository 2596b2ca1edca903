/* unit over HTTP: inputs, views and handlers, joined to routes in unit_http.c. */
#ifndef LINLI_UNIT_HTTP_H
#define LINLI_UNIT_HTTP_H

#include "unit_inside.h"

/* ---- shared ---- */

struct place_view { int64_t id; struct str name, kind; };
extern const struct field place_fields[];

/* Runs a handler's work on the present snapshot. */
MUST err on_snapshot(struct req *r, err (*work)(struct req *r, const struct unit_snapshot *s));
/* Root first, down to the area itself. */
struct list area_path(struct arena *a, const struct unit_snapshot *s, int64_t area);
/* True when the text (folded) is part of the node's name, or its code begins with it. STR_NONE: always. */
bool node_matches(struct arena *a, const struct unode *n, struct str text);

/* ---- areas (unit_http_area.c) ---- */

struct tree_query { int64_t levels; };
extern const struct field tree_query_fields[];

struct area_query { int64_t parent, limit; struct str text, kind, class_, after; bool closed; };
struct area_item {
    int64_t    id, parent_id, child_count, version, depth;
    struct str kind, code, name, class_;
    bool       has_shape;
    ms         valid_from, valid_to;
};
struct area_view {
    struct area_item a;
    struct list      path, served_by, warnings;
    double           m2;
    struct geo       at;
};
struct area_warning { struct str code, name; int64_t area_id, m2; };
struct area_body { int64_t parent_id; struct str kind, code, name, class_, geometry, crs; bool repair; };
struct shape_body { struct str geometry, crs; bool repair; };
struct shape_check { bool valid; struct str reason; struct geo at; struct str geometry; double m2; struct list warnings; };
struct shape_row { int64_t id; struct str source_crs; bool repaired; ms valid_from, valid_to; };
struct shape_query { int64_t version; };

extern const struct field area_query_fields[], area_item_fields[], area_view_fields[], area_create_fields[], area_change_fields[],
    shape_body_fields[], shape_check_fields[], shape_row_fields[], shape_query_fields[];

err area_list(struct req *r);
err area_tree(struct req *r);
err area_one(struct req *r);
err area_create(struct req *r);
err area_change(struct req *r);
err area_close(struct req *r);
err area_shape_set(struct req *r);
err area_shape_try(struct req *r);
err area_shape_get(struct req *r);
err area_shape_versions(struct req *r);

/* ---- codes and choices (unit_http_code.c) ---- */

struct code_query { int64_t parent; struct str kind; };
struct level_query { bool dry_run; };
struct level_body { struct str kind; bool renew; };

extern const struct field area_choices_fields[], code_query_fields[], code_view_fields[], level_query_fields[], level_body_fields[], level_view_fields[];

err area_choices(struct req *r);
err area_code_next(struct req *r);
err area_codes(struct req *r);

/* ---- the map (unit_http_map.c) ---- */

struct outline_query { struct str kind; int64_t under, zoom; };
struct at_query { double lon, lat; struct str crs; };
struct near_view { int64_t id; struct str name, kind; double metres; };
struct at_view { struct place_view *area; struct list path, near; };
struct import_query { bool dry_run; struct str crs, kind, name_property, code_property; int64_t parent; };
struct import_view {
    struct str report;
};

extern const struct field outline_query_fields[], at_query_fields[], at_view_fields[], import_query_fields[];

err area_outline(struct req *r);
err area_at(struct req *r);
err area_import(struct req *r);

/* ---- a structure from a sheet (unit_http_sheet.c) ---- */

struct structure_query { bool dry_run, compare; int64_t parent; struct str crs, within, division; };

extern const struct field structure_query_fields[], structure_view_fields[], division_fields[];

err area_sheet(struct req *r);
err division_list(struct req *r);

/* ---- organisations (unit_http_org.c) ---- */

struct org_query { int64_t parent, serves, area, limit, levels; struct str text, kind, field, value, after; bool closed; };
struct org_item {
    int64_t     id, parent_id, area_id, child_count, version;
    struct str  kind, name, code, area_name, code_ok;
    bool        is_public;
    struct list serves;
    ms          valid_from, valid_to;
};
struct person_view { int64_t id; struct str name, duty, phone_masked; };
struct service_view { int64_t id; struct str name, kind; ms from, to; };
struct org_view {
    struct org_item o;
    struct list     path, contacts, services, values, same_code;
    struct str      contact_masked;
    bool            may_manage;
    struct place_view *merged_into;
};
struct org_body { int64_t parent_id, area_id; struct str kind, name, code, contact; bool is_public; struct list values; };
struct org_areas { struct ids areas; };
struct serve_body { int64_t area_id; ms from, to; };
struct contact_view { struct str contact; };
struct contact_body { struct str why; };
struct person_body { struct str name, duty, phone; };
struct chain_body { struct str template; int64_t under; bool dry_run; };

extern const struct field org_query_fields[], org_item_fields[], org_view_fields[], org_create_fields[], org_change_fields[], org_areas_fields[],
    org_contact_fields[], org_contact_body_fields[], org_kind_fields[], org_service_fields[], org_serve_fields[], org_serve_end_fields[],
    org_chain_fields[], org_chain_body_fields[], org_chain_view_fields[], org_person_fields[], org_person_body_fields[], org_person_change_fields[];

/* "ok", "form", "check"; STR_NONE without a code. */
struct str org_credit_word(struct str code);
/* The organisation of the path, with the right to change it. */
MUST err org_own(struct req *r, struct org_row *row);
/* The area exists and is in use, or is none: ERR_UNKNOWN_REFERENCE, ERR_AREA_CLOSED at that field. */
MUST err org_check_area(struct req *r, int64_t id, const char *field);
/* Version + 1, for what is kept beside the row. */
MUST err org_touch(struct req *r, int64_t org);
/* Answers with the organisation as it is now. */
MUST err org_answer(struct req *r, int64_t id);
MUST err org_services_now(struct req *r, int64_t org, struct list *out);    /* struct place_view */
MUST err org_services_all(struct req *r, int64_t org, struct list *out);    /* struct service_view */
MUST err org_people_view(struct req *r, int64_t org, struct list *out);     /* struct person_view */

err org_list(struct req *r);
err org_tree(struct req *r);
err org_one(struct req *r);
err org_create(struct req *r);
err org_alter(struct req *r);
err org_serve_areas(struct req *r);
err org_contact(struct req *r);
err org_sheet(struct req *r);           /* unit_org_list.c */
err org_kind_list(struct req *r);
err org_chain_list(struct req *r);      /* unit_org_chain.c */
err org_chain(struct req *r);
err org_serve_one(struct req *r);       /* unit_org_service.c */
err org_serve_end(struct req *r);
err area_services(struct req *r);
err org_person_add(struct req *r);      /* unit_org_contact.c */
err org_person_change(struct req *r);
err org_person_remove(struct req *r);
err org_person_phone(struct req *r);

/* ---- posts (unit_http_post.c) ---- */

struct post_view {
    int64_t     id;
    struct str  code, name_zh, name_en, duty_zh, duty_en;
    struct strs unit_kinds;
    int64_t     term_months;
    bool        is_public, closed;
    int64_t     version;
};

extern const struct field post_fields[], post_create_fields[], post_change_fields[];

err post_list(struct req *r);
err post_create(struct req *r);
err post_change(struct req *r);

#endif
