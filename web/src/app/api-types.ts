/* Made from docs/openapi.json by npm run types. Do not edit. */
export interface paths {
    "/api/v1/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change language and preferences */
        patch: operations["patch_account"];
        trace?: never;
    };
    "/api/v1/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change one's own password; all other sessions end */
        post: operations["post_account_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close an account for good */
        post: operations["post_accounts_id_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lock an account: its sessions and tokens stop working */
        post: operations["post_accounts_id_lock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace a forgotten password by a one-time one; all sessions end */
        post: operations["post_accounts_id_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Unlock an account */
        post: operations["post_accounts_id_unlock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agreements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Agreements, the newest first; drafts only for the parties' own people */
        get: operations["get_agreements"];
        put?: never;
        /** Draft an agreement */
        post: operations["post_agreements"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agreements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One agreement, with what of its pledges was kept */
        get: operations["get_agreements_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a draft (If-Match) */
        patch: operations["patch_agreements_id"];
        trace?: never;
    };
    "/api/v1/agreements/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Comment on it, for a party */
        post: operations["post_agreements_id_comments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agreements/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End it before its term; what is held back is free again */
        post: operations["post_agreements_id_end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agreements/{id}/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Offer the draft for signing: its words are fixed */
        post: operations["post_agreements_id_offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agreements/{id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** For printing: A4, with a QR that verifies it once it is signed */
        get: operations["get_agreements_id_pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agreements/{id}/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Draft the next one from where this one ends */
        post: operations["post_agreements_id_renew"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agreements/{id}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Review it: the figures are read off the work and kept as they are */
        post: operations["post_agreements_id_reviews"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agreements/{id}/scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter that a party signed on paper (If-Match) */
        post: operations["post_agreements_id_scan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agreements/{id}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign for a party (If-Match: the words that were read); the last signature brings it into force */
        post: operations["post_agreements_id_sign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agreements/{id}/take-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Back to a draft for changes; signatures given so far are void */
        post: operations["post_agreements_id_take_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agreements/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give it up before it is in force */
        post: operations["post_agreements_id_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agreements/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kinds of agreements (the setting) */
        get: operations["get_agreements_kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agreements/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Templates to draft from */
        get: operations["get_agreements_templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alliances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alliances, in the order of the tree of areas */
        get: operations["get_alliances"];
        put?: never;
        /** Found an alliance, at its area or with the organisation that leads */
        post: operations["post_alliances"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alliances/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One alliance: members and their history, charter, linked levels */
        get: operations["get_alliances_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change an alliance (If-Match) */
        patch: operations["patch_alliances_id"];
        trace?: never;
    };
    "/api/v1/alliances/{id}/charters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new version of the charter; those before are kept */
        post: operations["post_alliances_id_charters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alliances/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an alliance, and all its memberships; its history stays */
        post: operations["post_alliances_id_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alliances/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An organisation joins */
        post: operations["post_alliances_id_members"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alliances/{id}/members/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A member leaves; its history stays */
        post: operations["post_alliances_id_members_id_leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alliances/{id}/members/{id}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Another role for a member; with lead, whoever led steps down */
        post: operations["post_alliances_id_members_id_role"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alliances/{id}/members/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Members from a CSV sheet: all rows or none; with dry_run a preview that changes nothing */
        post: operations["post_alliances_id_members_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alliances/{id}/pledges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was promised within an alliance, and what of it was kept */
        get: operations["get_alliances_id_pledges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alliances/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kinds of alliances and roles of members, as the settings have them */
        get: operations["get_alliances_choices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys with which other systems report through Open311 */
        get: operations["get_api_keys"];
        put?: never;
        /** Make a key; it is shown once */
        post: operations["post_api_keys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a key's name, contact, limit and end */
        put: operations["put_api_keys_id"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a key back */
        post: operations["post_api_keys_id_revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who holds which post where: by unit, post, state, ending soon */
        get: operations["get_appointments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appointments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One appointment */
        get: operations["get_appointments_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appointments/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an appointment; it stays in the history (If-Match) */
        post: operations["post_appointments_id_end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appointments/{id}/letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Letters of an appointment, newest first */
        get: operations["get_appointments_id_letters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appointments/{id}/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Renew an appointment: a new one from where it ends (If-Match) */
        post: operations["post_appointments_id_renew"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appointments/sheet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Appoint the people of a sheet (CSV or XLSX): all of them or, when a row is not right, nobody; each fault by row and column */
        post: operations["post_appointments_sheet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Areas: those of a parent, or found by name or code */
        get: operations["get_areas"];
        put?: never;
        /** Add an area */
        post: operations["post_areas"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas.geojson": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Outlines of areas */
        get: operations["get_areas_geojson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One area */
        get: operations["get_areas_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename, move or reclass an area (If-Match) */
        patch: operations["patch_areas_id"];
        trace?: never;
    };
    "/api/v1/areas/{id}/chain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make what is missing of a template's organisations in an area; with dry_run only tell */
        post: operations["post_areas_id_chain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the use of an area; its history stays */
        post: operations["post_areas_id_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/{id}/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Number the areas of a kind below one, from west to east and north to south; with dry_run only say how */
        post: operations["post_areas_id_codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/{id}/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who serves an area, served it or will; newest first */
        get: operations["get_areas_id_services"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/{id}/shape": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An area's polygon in force, or a version of it */
        get: operations["get_areas_id_shape"];
        /** Draw an area anew: a new version, the old one is kept (If-Match) */
        put: operations["put_areas_id_shape"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/{id}/shapes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of an area's polygon */
        get: operations["get_areas_id_shapes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/at": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The deepest area at a point, the way down to it, and neighbours whose border is near */
        get: operations["get_areas_at"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kinds and classes of areas, in both languages */
        get: operations["get_areas_choices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/divisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Districts and counties of the national list of divisions, to choose from for /areas/sheet */
        get: operations["get_areas_divisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import areas from GeoJSON; answers the report, with dry_run without changing anything */
        post: operations["post_areas_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/next-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The next free code for an area of a kind below another */
        get: operations["get_areas_next_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/past": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Outlines of areas as they were at a time */
        get: operations["get_areas_past"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/redraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Split, merge, move a border or draw; answers what it means, with dry_run without changing anything */
        post: operations["post_areas_redraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/redraws": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Redraws that wait for their day or waited, newest first */
        get: operations["get_areas_redraws"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/redraws/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them; of one that waits, what it means today */
        get: operations["get_areas_redraws_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/redraws/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw one that waits */
        post: operations["post_areas_redraws_id_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/shape-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Is this a usable shape? Where not, a repaired one is offered */
        post: operations["post_areas_shape_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/sheet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Areas and organisations from a sheet (CSV or XLSX), or a district out of a list of divisions: all of it or, when a row is not right, nothing */
        post: operations["post_areas_sheet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/tree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole tree of areas in use, parents before their children */
        get: operations["get_areas_tree"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assignments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End an assignment now */
        delete: operations["delete_assignments_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit record, newest first */
        get: operations["get_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest 100,000 rows that fit, as a sheet; the export is recorded */
        get: operations["get_audit_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Walk the whole chain: is any row changed, missing or cut off? */
        get: operations["get_audit_verify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendar-feed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether one's deadlines have an address for calendar programs */
        get: operations["get_calendar_feed"];
        put?: never;
        /** Make that address; it is shown once and ends the one before */
        post: operations["post_calendar_feed"];
        /** Take that address back */
        delete: operations["delete_calendar_feed"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/call-backs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Closed cases whose reporters the caller may call back now */
        get: operations["get_call_backs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/call-backs/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the next call-back: others leave it to the caller for a quarter of an hour */
        post: operations["post_call_backs_next"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/case-mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Layouts of CSV files that can be imported */
        get: operations["get_case_mappings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases the caller may see, filtered */
        get: operations["get_cases"];
        put?: never;
        /** Report a case */
        post: operations["post_cases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases.geojson": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same list as GeoJSON, with the cursor as "next" */
        get: operations["get_cases_geojson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A case with its story, and what the caller may do with it */
        get: operations["get_cases_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept a case */
        post: operations["post_cases_id_accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/alike": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases that may be of the same matter as this one, for merging; at most five */
        get: operations["get_cases_id_alike"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Appeal against a rejection, as the reporter */
        post: operations["post_cases_id_appeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/appeal_score": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Appeal against being scored for a closed case */
        post: operations["post_cases_id_appeal_score"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/ask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the reporter for more */
        post: operations["post_cases_id_ask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/call_back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A call to the reporter of a closed case, and what they said */
        post: operations["post_cases_id_call_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/comment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Comment, for all or for staff only */
        post: operations["post_cases_id_comment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** See a reporter's contact in full; leaves an audit row */
        post: operations["post_cases_id_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/delegate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pass a case to a level below on its own chain, with the reason */
        post: operations["post_cases_id_delegate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/dispatch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Dispatch to an organisation */
        post: operations["post_cases_id_dispatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/escalate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pass a case to the level above, with the reason; to be dispatched there */
        post: operations["post_cases_id_escalate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for more time; runs on until it is approved */
        post: operations["post_cases_id_extend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/fail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Verify and send back for rework */
        post: operations["post_cases_id_fail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/grant_extension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve the extension that was asked for */
        post: operations["post_cases_id_grant_extension"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/grant_suspension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve the suspension: the clock stops */
        post: operations["post_cases_id_grant_suspension"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/hand": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand a case to one person of the organisation that has it */
        post: operations["post_cases_id_hand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/handle_self": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Handle it in the area itself */
        post: operations["post_cases_id_handle_self"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/handled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report a case as handled */
        post: operations["post_cases_id_handled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/lift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lift a supervision, as the level that supervises or one above */
        post: operations["post_cases_id_lift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Merge a case into the one that goes on */
        post: operations["post_cases_id_merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/pass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Verify and close */
        post: operations["post_cases_id_pass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People of the organisation that has the case, to whom it can be handed */
        get: operations["get_cases_id_people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/project-answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The reporter says whether what the project did is as it should be */
        post: operations["post_cases_id_project_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Projects that a case is part of, for whoever sees the case */
        get: operations["get_cases_id_projects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/rate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rate a closed case, as the reporter */
        post: operations["post_cases_id_rate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/redispatch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Dispatch to another organisation before it is signed for */
        post: operations["post_cases_id_redispatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse the request that waits */
        post: operations["post_cases_id_refuse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/refuse_appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse an appeal with the reason */
        post: operations["post_cases_id_refuse_appeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject a case with the reason */
        post: operations["post_cases_id_reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make text and photos public, or take them back */
        post: operations["post_cases_id_release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reopen a closed case, as its reporter or as staff who may */
        post: operations["post_cases_id_reopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/reply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a question, as the reporter */
        post: operations["post_cases_id_reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resume a suspended case: with the time that was left */
        post: operations["post_cases_id_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Return a case that belongs elsewhere */
        post: operations["post_cases_id_return"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Review a suspension: a new date */
        post: operations["post_cases_id_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/route": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Correct category or place; routed anew */
        post: operations["post_cases_id_route"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign for a case */
        post: operations["post_cases_id_sign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/supervise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a case under supervision, with the reason and the day on which it is expected */
        post: operations["post_cases_id_supervise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/supervise_answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a supervision, as whoever has the case: what was done, why late, by when */
        post: operations["post_cases_id_supervise_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for suspension with a date of review */
        post: operations["post_cases_id_suspend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/tasks/{task}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a call: when received, whom they spoke to, what was done, by when */
        post: operations["post_cases_id_tasks_task_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/tasks/{task}/overrule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on without an organisation's answer: needs case.overrule; for a returned call case.whistle will do */
        post: operations["post_cases_id_tasks_task_overrule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/tasks/{task}/receive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Receive a call, as the organisation called */
        post: operations["post_cases_id_tasks_task_receive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/tasks/{task}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Return a call that is not ours, with the reason */
        post: operations["post_cases_id_tasks_task_return"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/unmerge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Undo the merging: the case is as it was before */
        post: operations["post_cases_id_unmerge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/uphold_appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Uphold an appeal: the case is left out of scores */
        post: operations["post_cases_id_uphold_appeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/whistle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call organisations to a case by whistle: each gets a task with a deadline */
        post: operations["post_cases_id_whistle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw a case, as the reporter */
        post: operations["post_cases_id_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/alike": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cases already known that a report not sent yet may be about; at most five */
        post: operations["post_cases_alike"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/by-contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cases reported with exactly this telephone; leaves an audit row */
        post: operations["post_cases_by_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many cases a filter fits, counted to a bound */
        get: operations["get_cases_count"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rows of a list as a CSV file or an Excel workbook; up to 10,000 */
        get: operations["get_cases_export"];
        put?: never;
        /** The same by a job, however many; its file is at /jobs/:id/result */
        post: operations["post_cases_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import cases from a CSV file, plain or gzip; a job tells how far it is and which rows were refused */
        post: operations["post_cases_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/import/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The first 50 rows of a CSV file as they would be imported; its beginning is enough */
        post: operations["post_cases_import_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases on the map: pins, or clusters when there are many */
        get: operations["get_cases_map"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/work": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My work: what waits for the caller */
        get: operations["get_cases_work"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The category tree */
        get: operations["get_categories"];
        put?: never;
        /** Add a category of one's own */
        post: operations["post_categories"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a category's names, severity or order */
        patch: operations["patch_categories_id"];
        trace?: never;
    };
    "/api/v1/categories/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a category for new cases */
        post: operations["post_categories_id_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories/suggest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Up to three categories a text most likely belongs to, with the words that speak for them */
        post: operations["post_categories_suggest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/category-packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Packs of categories: installed, and shipped with the program */
        get: operations["get_category_packs"];
        put?: never;
        /** Install a shipped pack, or bring it up to date */
        post: operations["post_category_packs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an organisation took on, the newest first */
        get: operations["get_claims"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The asker confirms and rates it */
        post: operations["post_claims_id_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{id}/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report it as done, with what shows it */
        post: operations["post_claims_id_done"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{id}/fail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It was not kept: its part of the need is on the list again */
        post: operations["post_claims_id_fail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{id}/give-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give it back before it is done */
        post: operations["post_claims_id_give_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clock/calendars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calendars, newest first */
        get: operations["get_clock_calendars"];
        put?: never;
        /** Take in a calendar as the next version; the due times of open cases are computed again */
        post: operations["post_clock_calendars"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clock/calendars/{id}/days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Holidays and make-up days of a year */
        get: operations["get_clock_calendars_id_days"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clock/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Weekly working hours by level */
        get: operations["get_clock_hours"];
        put?: never;
        /** Give a level hours of its own */
        post: operations["post_clock_hours"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clock/hours/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change hours from a date on: a new row takes over */
        patch: operations["patch_clock_hours_id"];
        trace?: never;
    };
    "/api/v1/clock/hours/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a level's own hours */
        post: operations["post_clock_hours_id_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clock/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Time limits by category and severity */
        get: operations["get_clock_policies"];
        put?: never;
        /** Add time limits */
        post: operations["post_clock_policies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clock/policies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change time limits from a date on: a new row takes over */
        patch: operations["patch_clock_policies_id"];
        trace?: never;
    };
    "/api/v1/clock/policies/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End time limits: what is less specific holds again */
        post: operations["post_clock_policies_id_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clock/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When something would be due */
        get: operations["get_clock_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was sent to other systems and by mail, newest first */
        get: operations["get_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send again what was given up */
        post: operations["post_deliveries_id_again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether this is a demonstration, and as whom one may come in */
        get: operations["get_demo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/directory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the public directory says of areas and public organisations, and what is missing */
        get: operations["get_directory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/directory/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the public directory says of one */
        get: operations["get_directory_id"];
        /** Say how a unit is reached, where it is and when it is open (If-Match, once there is something) */
        put: operations["put_directory_id"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exchange/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kinds of things that are asked for and offered */
        get: operations["get_exchange_categories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exchange/could-do": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an organisation could do within a month with what it offers: at most twenty needs, the most urgent first */
        get: operations["get_exchange_could_do"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exchange/dispatch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Dispatch: needs by urgency, resources that nothing holds, what falls due within a week */
        get: operations["get_exchange_dispatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exchange/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs met, days until taken on, claims kept, idle resources: of an area, an organisation or an alliance in a period */
        get: operations["get_exchange_figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exchange/figures/behind": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What lies behind a number of the figures, the newest first */
        get: operations["get_exchange_figures_behind"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exchange/pass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look for good matches of all needs now, as every night, and tell organisations of new ones (job) */
        post: operations["post_exchange_pass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a photo (JPEG, PNG, WebP); it is turned upright, scaled to 2,048 pixels and stored without metadata */
        post: operations["post_files"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A photo; for whoever may see what it belongs to */
        get: operations["get_files_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/thumb": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A photo at 320 pixels */
        get: operations["get_files_id_thumb"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/follows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the caller follows, the latest first; at most 200 */
        get: operations["get_follows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/follows/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a case that the caller follows stands (signed in, or by X-Case-Secret) */
        get: operations["get_follows_code"];
        put?: never;
        /** Follow a case; without an account the answer holds a secret. A merged one stands for the case it was merged into */
        post: operations["post_follows_code"];
        /** Follow a case no longer */
        delete: operations["delete_follows_code"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hook-sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Systems whose signed reports become cases */
        get: operations["get_hook_sources"];
        put?: never;
        /** Let a system report; its secret is shown once */
        post: operations["post_hook_sources"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hook-sources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change how its reports are read */
        put: operations["put_hook_sources_id"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hook-sources/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take its reports no more */
        post: operations["post_hook_sources_id_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A signed report of a device or a hotline (webhook-id, webhook-timestamp, webhook-signature) */
        post: operations["post_hooks_id"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insight/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The very cases behind a number, newest day first */
        get: operations["get_insight_cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insight/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts of a unit by category */
        get: operations["get_insight_categories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insight/definitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each figure is: formula, what is left out, source */
        get: operations["get_insight_definitions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insight/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures of a unit for a period, beside the period before, and what is open now */
        get: operations["get_insight_figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insight/recount": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count every case again from its story; a job that puts right what differs */
        post: operations["post_insight_recount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insight/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Measures of a unit by day, week or month */
        get: operations["get_insight_series"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/insight/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same for each area below a unit, or for its organisations; in no order of merit */
        get: operations["get_insight_units"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own jobs, newest first; everybody's with job.read */
        get: operations["get_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A job and its progress */
        get: operations["get_jobs_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a job to stop; what it has done stays */
        post: operations["post_jobs_id_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rows a job could not take, each with its reason (CSV) */
        get: operations["get_jobs_id_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file a job has made: CSV, Excel workbook or PDF; for its owner */
        get: operations["get_jobs_id_result"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issue numbered letters or certificates for appointments: all or none */
        post: operations["post_letters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/letters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A letter; for who sees people at the unit, and for the person it is about */
        get: operations["get_letters_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/letters/{id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The letter for printing: A4, fonts embedded; the same bytes each time */
        get: operations["get_letters_id_pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/letters/{id}/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The letter for the screen */
        get: operations["get_letters_id_picture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/letters/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a letter would look, as a picture */
        get: operations["get_letters_draft"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/letters/print": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Some letters in one PDF (letter.print_at_once) */
        get: operations["get_letters_print"];
        put?: never;
        /** Many letters in one PDF, by a job; its file is at /jobs/:id/result */
        post: operations["post_letters_print"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own messages by mail */
        get: operations["get_mail"];
        /** Which messages come by mail, and when */
        put: operations["put_mail"];
        post?: never;
        /** Take one's address away */
        delete: operations["delete_mail"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail/address": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give an address; a code is sent there */
        put: operations["put_mail_address"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm one's address by the code */
        post: operations["post_mail_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail/server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The server by which mail leaves */
        get: operations["get_mail_server"];
        /** Set the server by which mail leaves */
        put: operations["put_mail_server"];
        post?: never;
        /** Send no more mail */
        delete: operations["delete_mail_server"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail/server/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test mail now and say what the server answered */
        post: operations["post_mail_server_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/needs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs, the newest first; drafts only of units whose needs the caller manages */
        get: operations["get_needs"];
        put?: never;
        /** Enter a need, as a draft or published at once */
        post: operations["post_needs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/needs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One need, with who took it on */
        get: operations["get_needs_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a need that has not ended (If-Match) */
        patch: operations["patch_needs_id"];
        trace?: never;
    };
    "/api/v1/needs/{id}/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take on a need or a part of it; with a resource, which is reserved */
        post: operations["post_needs_id_claims"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/needs/{id}/matches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What could answer a need: at most ten, the best first, each with the reasons */
        get: operations["get_needs_id_matches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/needs/{id}/met": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The asker says that it is met */
        post: operations["post_needs_id_met"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/needs/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish a draft */
        post: operations["post_needs_id_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/needs/{id}/unmet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It ends without being met, and why */
        post: operations["post_needs_id_unmet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/needs/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw a need; not while somebody works on it */
        post: operations["post_needs_id_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/network": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who works with whom: organisations, and what joins them within a period */
        get: operations["get_network"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/network/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cases behind a figure of the network: those the caller may see */
        get: operations["get_network_cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own notices, newest first */
        get: operations["get_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many notices are unread */
        get: operations["get_notices_count"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages that could not be delivered */
        get: operations["get_notices_failed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/failed/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try to deliver a message again */
        post: operations["post_notices_failed_id_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark notices as read */
        post: operations["post_notices_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Organisations: those of a parent, of a kind, found by name or code, or serving an area */
        get: operations["get_orgs"];
        put?: never;
        /** Add an organisation */
        post: operations["post_orgs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Organisations as a sheet, with the fields of their kinds */
        get: operations["get_orgs_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One organisation */
        get: operations["get_orgs_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change an organisation (If-Match) */
        patch: operations["patch_orgs_id"];
        trace?: never;
    };
    "/api/v1/orgs/{id}/alliances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alliances an organisation is in now */
        get: operations["get_orgs_id_alliances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{id}/areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** State which areas an organisation serves */
        put: operations["put_orgs_id_areas"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an organisation; it leaves its alliances, and its history stays */
        post: operations["post_orgs_id_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{id}/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An organisation's contact in full (audited) */
        post: operations["post_orgs_id_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whom to ask for at an organisation */
        post: operations["post_orgs_id_contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{id}/contacts/{contact}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove whom to ask for, telephone and all */
        delete: operations["delete_orgs_id_contacts_contact"];
        options?: never;
        head?: never;
        /** Change whom to ask for */
        patch: operations["patch_orgs_id_contacts_contact"];
        trace?: never;
    };
    "/api/v1/orgs/{id}/contacts/{contact}/phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A contact's telephone in full (audited) */
        post: operations["post_orgs_id_contacts_contact_phone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was done to an organisation, newest first, from the audit record */
        get: operations["get_orgs_id_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{id}/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What hangs on an organisation: its work, people and places, and what keeps it from being closed */
        get: operations["get_orgs_id_holds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An organisation becomes part of another; with dry_run what goes over and what changes for whom (If-Match) */
        post: operations["post_orgs_id_merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move an organisation with all below it; with dry_run what would change for whom (If-Match) */
        post: operations["post_orgs_id_move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{id}/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An organisation serves an area, from–to */
        post: operations["post_orgs_id_services"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{id}/services/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It serves it no longer; that it did stays */
        post: operations["post_orgs_id_services_end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/chains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Templates that make a community's organisations in one step */
        get: operations["get_orgs_chains"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kinds of organisations: what each may lie under, and its fields */
        get: operations["get_orgs_kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/tree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All organisations in use, parents before their children */
        get: operations["get_orgs_tree"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People one may see */
        get: operations["get_people"];
        put?: never;
        /** Enter a person */
        post: operations["post_people"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person */
        get: operations["get_people_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a person */
        patch: operations["patch_people_id"];
        trace?: never;
    };
    "/api/v1/people/{id}/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a person an account; its password must be changed at the first sign-in */
        post: operations["post_people_id_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Posts a person holds or held */
        get: operations["get_people_id_appointments"];
        put?: never;
        /** Appoint a person to a post at a unit; it grants no rights */
        post: operations["post_people_id_appointments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a person a role at a unit for a time */
        post: operations["post_people_id_assignments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** See a contact in full; the look is on the audit record */
        post: operations["post_people_id_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/phone-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a telephone can be verified here by a code */
        get: operations["get_phone_codes"];
        put?: never;
        /** Send a code to a telephone; good for five minutes */
        post: operations["post_phone_codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/phone-codes/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Type the code: the answer is the proof that a report carries */
        post: operations["post_phone_codes_id_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/phone/gateway": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The gateway by which codes go to telephones */
        get: operations["get_phone_gateway"];
        /** Set the gateway by which codes go to telephones */
        put: operations["put_phone_gateway"];
        post?: never;
        /** Send no more codes */
        delete: operations["delete_phone_gateway"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/phone/gateway/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test code now and say what the gateway answered */
        post: operations["post_phone_gateway_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pledges/{id}/works": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The work that counts for a pledge, the newest first */
        get: operations["get_pledges_id_works"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kinds of posts */
        get: operations["get_posts"];
        put?: never;
        /** Add a kind of post */
        post: operations["post_posts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a kind of post, or close it: nobody is appointed to it any more (If-Match) */
        patch: operations["patch_posts_id"];
        trace?: never;
    };
    "/api/v1/project-entries/{id}/strike": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Strike out an entry that is wrong: it stays legible and no longer counts */
        post: operations["post_project_entries_id_strike"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/project-milestones/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take out a milestone that is not done */
        delete: operations["delete_project_milestones_id"];
        options?: never;
        head?: never;
        /** Change a milestone that is not done */
        patch: operations["patch_project_milestones_id"];
        trace?: never;
    };
    "/api/v1/project-milestones/{id}/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A milestone is done, with what shows it; by whoever runs it or is in the team */
        post: operations["post_project_milestones_id_done"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/project-sources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take out a source from which nothing came in */
        delete: operations["delete_project_sources_id"];
        options?: never;
        head?: never;
        /** Change a source of money */
        patch: operations["patch_project_sources_id"];
        trace?: never;
    };
    "/api/v1/project-sources/{id}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Money came in from a source */
        post: operations["post_project_sources_id_payments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Projects, the newest first; drafts only of units whose projects the caller runs */
        get: operations["get_projects"];
        put?: never;
        /** Enter a project, as a draft; from cases and needs, which are linked */
        post: operations["post_projects"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One project: team, milestones, money, story, cases, what those it is for say */
        get: operations["get_projects_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a project that is in work (If-Match) */
        patch: operations["patch_projects_id"];
        trace?: never;
    };
    "/api/v1/projects/{id}/abandon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It ends without being accepted, and why; its cases go on by themselves */
        post: operations["post_projects_id_abandon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept it for those it is for, by somebody who had no part in it: its cases close with it, all or none */
        post: operations["post_projects_id_accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write down what a reporter said in a call */
        post: operations["post_projects_id_answers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cases and needs become part of a project */
        post: operations["post_projects_id_links"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/milestones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a milestone */
        post: operations["post_projects_id_milestones"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A draft becomes a plan that others see */
        post: operations["post_projects_id_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell of progress; by whoever runs it or is in the team */
        post: operations["post_projects_id_progress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It is not as it should be: back under way, with the reason */
        post: operations["post_projects_id_refuse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a source of money */
        post: operations["post_projects_id_sources"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/spending": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Money was spent, with what shows it; never more than came in */
        post: operations["post_projects_id_spending"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It is under way from now on */
        post: operations["post_projects_id_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand it in for acceptance: the reporters of its cases are asked, and the community it is for */
        post: operations["post_projects_id_submit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/team": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Who is in the team (If-Match) */
        put: operations["put_projects_id_team"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/unlink": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A case or need is no longer part of it */
        post: operations["post_projects_id_unlink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many of a list are late, and their money */
        get: operations["get_projects_figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kinds of projects */
        get: operations["get_projects_kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/alliances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alliances that are shown to residents */
        get: operations["get_public_alliances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/alliances/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A public alliance: its public members, its charter, how much was done together */
        get: operations["get_public_alliances_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/cases/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What everybody may know of a case */
        get: operations["get_public_cases_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/directory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The directory's first page: the district, its public organisations, its streets */
        get: operations["get_public_directory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/directory/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An area or public organisation: how to reach it, who is there, what lies below */
        get: operations["get_public_directory_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/directory/find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Areas, public organisations and people in public posts by name, or by how it is said */
        get: operations["get_public_directory_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/directory/here": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who is responsible at a place; the place is not kept */
        post: operations["post_public_directory_here"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/exchange": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is asked for and offered, as far as it is public: of an area, a public organisation or a public alliance */
        get: operations["get_public_exchange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reports as everybody may see them: category, state, dates, approximate place; at most the newest 20,000 */
        get: operations["get_public_map"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Projects that are shown to residents, the newest first */
        get: operations["get_public_projects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/projects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A public project: milestones, money, what was told for everybody; no person and no case */
        get: operations["get_public_projects_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What organisations can lend or give, the newest first */
        get: operations["get_resources"];
        put?: never;
        /** Offer a resource */
        post: operations["post_resources"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/resources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One resource, with what holds it */
        get: operations["get_resources_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a resource, as far as what is promised stays possible (If-Match) */
        patch: operations["patch_resources_id"];
        trace?: never;
    };
    "/api/v1/resources/{id}/matches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a resource could answer: at most ten, the most urgent first */
        get: operations["get_resources_id_matches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/resources/{id}/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Offer a paused resource again */
        post: operations["post_resources_id_offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/resources/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take it off the list for a time; what is promised stands */
        post: operations["post_resources_id_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/resources/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw it; not while it is promised */
        post: operations["post_resources_id_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/resources/sheet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resources from a sheet (CSV or XLSX), organisations by name or code: all rows, or with `sound` those that are right */
        post: operations["post_resources_sheet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Roles and what they permit */
        get: operations["get_roles"];
        put?: never;
        /** Make a role */
        post: operations["post_roles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a role of one's own making that one does not hold */
        patch: operations["patch_roles_id"];
        trace?: never;
    };
    "/api/v1/route-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a case at this place would go, and why */
        get: operations["get_route_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Routing rules */
        get: operations["get_rules"];
        put?: never;
        /** Add a routing rule */
        post: operations["post_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a routing rule; states the whole rule */
        patch: operations["patch_rules_id"];
        trace?: never;
    };
    "/api/v1/rules/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a routing rule */
        post: operations["post_rules_id_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/saved": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Saved views or replies: one's own and those shared with one's units */
        get: operations["get_saved"];
        put?: never;
        /** Keep a view or a reply; share it where one may */
        post: operations["post_saved"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/saved/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change it: name, content and with whom it is shared */
        put: operations["put_saved_id"];
        post?: never;
        /** Delete it */
        delete: operations["delete_saved_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Seals in use of the organisations in which one manages people */
        get: operations["get_seals"];
        put?: never;
        /** An organisation's seal from now on */
        post: operations["post_seals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/seals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Use a seal no longer; letters that have it keep it */
        delete: operations["delete_seals_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cases, areas, organisations, people and categories the caller may see, by words, as they type */
        post: operations["post_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/service-attributes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What services ask through Open311, by category */
        get: operations["get_service_attributes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/service-attributes/{category}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a category asks through Open311 */
        get: operations["get_service_attributes_category"];
        /** Set what a category asks through Open311 */
        put: operations["put_service_attributes_category"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, where and with which rights */
        get: operations["get_session"];
        put?: never;
        /** Sign in */
        post: operations["post_session"];
        /** Sign out */
        delete: operations["delete_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Come in as a role of the demonstration; on this machine only */
        post: operations["post_session_demo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own sessions */
        get: operations["get_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of one's own sessions */
        delete: operations["delete_sessions_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All settings with the value in force */
        get: operations["get_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set a value, from now or a later time on */
        put: operations["put_settings_key"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/{key}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Values a setting had, has and will have */
        get: operations["get_settings_key_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All settings as one file */
        get: operations["get_settings_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a file of settings in; all or nothing */
        post: operations["post_settings_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own API tokens */
        get: operations["get_tokens"];
        put?: never;
        /** Make an API token; it is shown once */
        post: operations["post_tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an API token back */
        delete: operations["delete_tokens_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/track/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow a case by its code and the reporter's secret (X-Case-Secret) */
        get: operations["get_track_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/track/{code}/appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Appeal against a rejection by secret */
        post: operations["post_track_code_appeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/track/{code}/project-answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The reporter says it by the report's link */
        post: operations["post_track_code_project_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/track/{code}/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same by the report's link */
        get: operations["get_track_code_projects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/track/{code}/rate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rate by secret */
        post: operations["post_track_code_rate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/track/{code}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reopen by secret */
        post: operations["post_track_code_reopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/track/{code}/reply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a question by secret */
        post: operations["post_track_code_reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/track/{code}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw by secret */
        post: operations["post_track_code_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is told of steps of cases */
        get: operations["get_webhooks"];
        put?: never;
        /** Tell another system; the secret is shown once */
        post: operations["post_webhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change what is told, or where; without url and secret those stay */
        put: operations["put_webhooks_id"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell it no more */
        post: operations["post_webhooks_id_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message that says only that the way is open */
        post: operations["post_webhooks_id_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/cases.atom": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases that staff released, newest first */
        get: operations["get_feeds_cases_atom"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/deadlines/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The deadlines of whom the secret address belongs to, as iCalendar; TOKEN.ics */
        get: operations["get_feeds_deadlines_token"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process is alive */
        get: operations["get_healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures in the text format of Prometheus, for this machine or with the token */
        get: operations["get_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/discovery.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open311: where and what, JSON */
        get: operations["get_open311_discovery_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/discovery.xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open311: where and what, XML */
        get: operations["get_open311_discovery_xml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/{call}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open311: no such call, told in the standard's form */
        get: operations["get_open311_v2_call"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open311: the format is missing */
        get: operations["get_open311_v2_requests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/requests.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open311: requests, as everybody may know them, JSON */
        get: operations["get_open311_v2_requests_json"];
        put?: never;
        /** Open311: report, with a key; answered in JSON */
        post: operations["post_open311_v2_requests_json"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/requests.xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open311: requests, as everybody may know them, XML */
        get: operations["get_open311_v2_requests_xml"];
        put?: never;
        /** Open311: report, with a key; answered in XML */
        post: operations["post_open311_v2_requests_xml"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open311: one request; id.xml or id.json */
        get: operations["get_open311_v2_requests_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/servicerequestupdates.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open311 extension: changes of state, JSON */
        get: operations["get_open311_v2_servicerequestupdates_json"];
        put?: never;
        /** Open311 extension: say what became of a case, with a key; JSON */
        post: operations["post_open311_v2_servicerequestupdates_json"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/servicerequestupdates.xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open311 extension: changes of state, XML */
        get: operations["get_open311_v2_servicerequestupdates_xml"];
        put?: never;
        /** Open311 extension: say what became of a case, with a key; XML */
        post: operations["post_open311_v2_servicerequestupdates_xml"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open311: the format is missing */
        get: operations["get_open311_v2_services"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/services.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open311: services that can be asked for, JSON */
        get: operations["get_open311_v2_services_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/services.xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open311: services that can be asked for, XML */
        get: operations["get_open311_v2_services_xml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/services/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open311: what a service asks; code.xml or code.json */
        get: operations["get_open311_v2_services_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open311: the format is missing */
        get: operations["get_open311_v2_tokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/open311/v2/tokens/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open311: the request of a token; token.xml or token.json */
        get: operations["get_open311_v2_tokens_token"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The server takes requests and its database answers */
        get: operations["get_readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stop/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Unsubscribe from mail by the link in it; one click, RFC 8058 */
        post: operations["post_stop_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Verify a letter or an agreement by the code beside its QR: a page for people */
        get: operations["get_v"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where such a QR leads: valid, ended or unknown; a page for people */
        get: operations["get_v_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        get_agreements_id_view: {
            /** @description Alliance within which it is made */
            alliance_id: string | null;
            /** @description Its name */
            alliance_name: string | null;
            /**
             * Format: unix-ms
             * @description Term from
             */
            begins_at: number;
            /** @description What the parties say about the draft; for them alone */
            comments: {
                /**
                 * Format: unix-ms
                 * @description When
                 */
                created_at: number;
                /** @description Comment */
                id: string;
                /** @description For which party */
                org_name: string;
                /** @description What */
                text: string;
                /** @description Who */
                who: string | null;
            }[];
            /**
             * Format: unix-ms
             * @description Drafted
             */
            created_at: number;
            /** @description Why it ended before its term */
            end_reason: string | null;
            /**
             * Format: unix-ms
             * @description Ended or withdrawn
             */
            ended_at: number | null;
            /**
             * Format: unix-ms
             * @description Until, exclusive
             */
            ends_at: number;
            /** @description Agreement */
            id: string;
            /** @description Who keeps it */
            keeper_id: string;
            /** @description Its name */
            keeper_name: string;
            /** @description Code of the setting agreement.kinds */
            kind: string;
            /** @description Of these late */
            late: number;
            /** @description The caller drafts, comments and reviews it */
            may_change: boolean;
            /** @description The caller may end it before its term */
            may_end: boolean;
            /** @description The caller offers, takes back, withdraws and renews it */
            may_keep: boolean;
            /** @description Number; null: not signed by all */
            no: string | null;
            /**
             * Format: unix-ms
             * @description Offered for signing
             */
            offered_at: number | null;
            /** @description Names of the parties */
            parties: string[];
            /** @description What is promised, and what of it was kept */
            pledged: {
                /** @description Work of this category counts; see GET /exchange/categories */
                category: string;
                /**
                 * Format: unix-ms
                 * @description Once: by when
                 */
                due_at: number | null;
                /** @description Given so far; read off confirmed claims */
                given: number;
                /** @description So much of the resource is held back for it */
                held: boolean;
                /** @description Pledge */
                id: string;
                /** @description Times kept */
                kept: number;
                /**
                 * Format: unix-ms
                 * @description The time that runs, from
                 */
                now_from: number | null;
                /** @description Given in the time that runs */
                now_given: number;
                /**
                 * Format: unix-ms
                 * @description Until, exclusive
                 */
                now_to: number | null;
                /** @description Who promises */
                org_id: string;
                /** @description Its name */
                org_name: string;
                /** @description Of these over */
                over: number;
                /** @description How much, once or each time */
                quantity: number;
                /** @description Only work with this resource counts */
                resource_id: string | null;
                /**
                 * @description How often
                 * @enum {string}
                 */
                rhythm: "once" | "monthly" | "quarterly" | "half_yearly" | "yearly";
                /**
                 * @description Where it stands
                 * @enum {string}
                 */
                state: "open" | "kept" | "late";
                /** @description Times in the term */
                times: number;
                /** @description What, in a line */
                title: string;
                /** @description Of what, in words */
                unit: string | null;
            }[];
            /** @description How many pledges */
            pledges: number;
            /** @description Agreement it continues */
            renews_id: string | null;
            /** @description A review is due and was not made */
            review_due: boolean;
            /** @description Months between reviews; 0: none */
            review_months: number;
            /** @description Reviews, the newest first */
            reviews: {
                /**
                 * Format: unix-ms
                 * @description What it looks at, from
                 */
                begins_at: number;
                /**
                 * Format: unix-ms
                 * @description When
                 */
                created_at: number;
                /**
                 * Format: unix-ms
                 * @description Until
                 */
                ends_at: number;
                /** @description What each pledge stood at then */
                figures: unknown;
                /** @description Review */
                id: string;
                /** @description What was said */
                text: string;
                /** @description By whom */
                who: string | null;
            }[];
            /** @description The parties, and who has signed */
            sides: {
                /** @description The caller may sign for it now */
                may_sign: boolean;
                /** @description Organisation */
                org_id: string;
                /** @description Its name */
                org_name: string;
                /** @description Photograph of the signed paper; null: signed here */
                scan_id: string | null;
                /**
                 * Format: unix-ms
                 * @description When; null: not yet
                 */
                signed_at: number | null;
                /** @description Who signed for it; for who drafts and signs */
                signer: string | null;
            }[];
            /**
             * Format: unix-ms
             * @description Signed by all
             */
            signed_at: number | null;
            /** @description How many of them have signed */
            signed_count: number;
            /**
             * @description Where it stands
             * @enum {string}
             */
            state: "draft" | "offered" | "in_force" | "ended" | "withdrawn";
            /** @description Its words, braces unfilled */
            text: string;
            /** @description In a line */
            title: string;
            /** @description Address at which anybody verifies it */
            verify: string | null;
            /** @description Grows with each change */
            version: number;
            /** @description Its words as they read; a paragraph a line */
            words: string;
        };
        get_alliances_id_view: {
            /** @description Area it is for */
            area_id: string;
            /** @description Its name */
            area_name: string | null;
            /** @description Brand it works under */
            brand: string | null;
            /** @description Versions of the charter, newest first */
            charters: {
                /**
                 * Format: unix-ms
                 * @description In force from
                 */
                from: number;
                /** @description This version holds now */
                in_force: boolean;
                /** @description Its words */
                text: string;
            }[];
            /** @description Alliances linked to it from below */
            children: {
                /** @description Area it is for */
                area_id: string;
                /** @description Its name */
                area_name: string | null;
                /** @description Brand it works under */
                brand: string | null;
                /** @description Id */
                id: string;
                /** @description Kind; see setting alliance.kinds */
                kind: string;
                /** @description Organisation that leads */
                lead_id: string | null;
                /** @description Its name */
                lead_name: string | null;
                /**
                 * @description Level, by the depth of its area
                 * @enum {string}
                 */
                level: "district" | "street" | "community";
                /** @description Organisations that are in now */
                members: number;
                /** @description Name */
                name: string;
                /** @description Alliance of a higher level it is linked to */
                parent_id: string | null;
                /** @description Shown to residents */
                public: boolean;
                /**
                 * Format: unix-ms
                 * @description Founded
                 */
                valid_from: number;
                /**
                 * Format: unix-ms
                 * @description Ended; null: at work
                 */
                valid_to: number | null;
                /** @description Grows with each change */
                version: number;
            }[];
            /** @description Why it ended */
            end_reason: string | null;
            /** @description Id */
            id: string;
            /** @description Kind; see setting alliance.kinds */
            kind: string;
            /** @description Organisation that leads */
            lead_id: string | null;
            /** @description Its name */
            lead_name: string | null;
            /**
             * @description Level, by the depth of its area
             * @enum {string}
             */
            level: "district" | "street" | "community";
            /** @description The caller manages it */
            may_manage: boolean;
            /** @description Who is in, the lead first; then who was */
            members: {
                /**
                 * @description How it ended: role: it took another, left, alliance: with the alliance
                 * @enum {string|null}
                 */
                ended: "role" | "left" | "alliance" | null;
                /** @description Id of this stretch of membership */
                id: string;
                /** @description The organisation is still in use */
                in_use: boolean;
                /**
                 * Format: unix-ms
                 * @description In this role since
                 */
                joined_at: number;
                /**
                 * Format: unix-ms
                 * @description Until; null: now
                 */
                left_at: number | null;
                /** @description Organisation */
                org_id: string;
                /** @description Its kind */
                org_kind: string;
                /** @description Its name */
                org_name: string;
                /** @description Why it left */
                reason: string | null;
                /** @description Role; see setting alliance.roles */
                role: string;
            }[];
            /** @description Name */
            name: string;
            /** @description The alliance above */
            parent: {
                /** @description Area it is for */
                area_id: string;
                /** @description Its name */
                area_name: string | null;
                /** @description Brand it works under */
                brand: string | null;
                /** @description Id */
                id: string;
                /** @description Kind; see setting alliance.kinds */
                kind: string;
                /** @description Organisation that leads */
                lead_id: string | null;
                /** @description Its name */
                lead_name: string | null;
                /**
                 * @description Level, by the depth of its area
                 * @enum {string}
                 */
                level: "district" | "street" | "community";
                /** @description Organisations that are in now */
                members: number;
                /** @description Name */
                name: string;
                /** @description Alliance of a higher level it is linked to */
                parent_id: string | null;
                /** @description Shown to residents */
                public: boolean;
                /**
                 * Format: unix-ms
                 * @description Founded
                 */
                valid_from: number;
                /**
                 * Format: unix-ms
                 * @description Ended; null: at work
                 */
                valid_to: number | null;
                /** @description Grows with each change */
                version: number;
            } | null;
            /** @description Alliance of a higher level it is linked to */
            parent_id: string | null;
            /** @description Shown to residents */
            public: boolean;
            /**
             * Format: unix-ms
             * @description Founded
             */
            valid_from: number;
            /**
             * Format: unix-ms
             * @description Ended; null: at work
             */
            valid_to: number | null;
            /** @description Grows with each change */
            version: number;
        };
        get_api_keys_view: {
            /** @description Whom to ask about it */
            contact: string | null;
            /**
             * Format: unix-ms
             * @description When made
             */
            created_at: number;
            /**
             * Format: unix-ms
             * @description When it ends; null: never
             */
            expires_at: number | null;
            /** @description Id */
            id: string;
            /** @description First characters of the key */
            key_start: string;
            /** @description System that holds it */
            name: string;
            /** @description Reports it may make in an hour */
            per_hour: number;
            /**
             * Format: unix-ms
             * @description When taken back
             */
            revoked_at: number | null;
            /**
             * @description What it may say of cases: null nothing, remarks, or also that they were handled
             * @enum {string|null}
             */
            updates: "remarks" | "handled" | null;
            /**
             * Format: unix-ms
             * @description Last report with it
             */
            used_at: number | null;
            /** @description Reports made with it */
            uses: number;
            /** @description Version, for If-Match */
            version: number;
        };
        get_appointments_id_letters_view: {
            /** @description Appointment */
            appointment_id: string;
            /** @description Text, a paragraph a line, ** around what is bold */
            body: string;
            /**
             * Format: unix-ms
             * @description From
             */
            from: number;
            /** @description Id */
            id: string;
            /**
             * Format: unix-ms
             * @description Its date
             */
            issued_at: number;
            /** @description Its name */
            issuer: string;
            /** @description Organisation that issued it */
            issuer_id: string;
            /**
             * @description letter or certificate
             * @enum {string}
             */
            kind: "letter" | "certificate";
            /**
             * @description zh or en
             * @enum {string}
             */
            lang: "zh" | "en";
            /** @description Number */
            no: string;
            /** @description To whom */
            person: string;
            /** @description Post */
            post: string;
            /** @description Another letter holds in its place */
            replaced: boolean;
            /** @description A seal is printed on it */
            sealed: boolean;
            /**
             * @description valid or ended
             * @enum {string}
             */
            state: "valid" | "ended";
            /** @description Title */
            title: string;
            /**
             * Format: unix-ms
             * @description Until, exclusive; null: open
             */
            to: number | null;
            /** @description Where, in full */
            unit: string;
            /** @description Address at which anybody verifies it */
            verify: string;
        };
        get_appointments_view: {
            /** @description Why */
            end_reason: string | null;
            /**
             * Format: unix-ms
             * @description When it was ended before its term; null: it was not
             */
            ended_at: number | null;
            /** @description Current, and ends soon (letter.ending_days) */
            ending: boolean;
            /**
             * Format: unix-ms
             * @description From
             */
            from: number;
            /** @description Id */
            id: string;
            /** @description The letter in force that was issued here; null: none */
            letter_id: string | null;
            /** @description Number of the letter of appointment */
            letter_no: string | null;
            /** @description Name */
            person: string;
            /** @description Who */
            person_id: string;
            /** @description Code of the post */
            post: string;
            /** @description English name of the post */
            post_name_en: string;
            /** @description Chinese name of the post */
            post_name_zh: string;
            /** @description The appointment it continues */
            renews_id: string | null;
            /**
             * @description current, ahead or ended
             * @enum {string}
             */
            state: "current" | "ahead" | "ended" | "ending";
            /**
             * Format: unix-ms
             * @description Until, exclusive; null: open
             */
            to: number | null;
            /** @description Where */
            unit_id: string;
            /**
             * @description area or org
             * @enum {string}
             */
            unit_kind: "area" | "org";
            /** @description Its name */
            unit_name: string | null;
            /** @description Grows with each change; send it as If-Match */
            version: number;
        };
        get_areas_id_view: {
            /** @description A point inside */
            at: {
                lat: number;
                lon: number;
            } | null;
            /** @description Areas directly below */
            child_count: number;
            /** @description Class; see setting unit.area_classes */
            class: string | null;
            /** @description Statistical or grid code */
            code: string | null;
            /** @description 0: the root */
            depth: number;
            /** @description Has a polygon */
            has_shape: boolean;
            /** @description Id */
            id: string;
            /** @description Kind; see setting unit.area_kinds */
            kind: string;
            /** @description Square metres, 0 without a polygon */
            m2: number;
            /** @description Name */
            name: string;
            /** @description Area above; null: the root */
            parent_id: string | null;
            /** @description Root first */
            path: {
                /** @description Id */
                id: string;
                /** @description Kind */
                kind: string;
                /** @description Name */
                name: string;
            }[];
            /** @description Organisations that serve it */
            served_by: {
                /** @description Id */
                id: string;
                /** @description Kind */
                kind: string;
                /** @description Name */
                name: string;
            }[];
            /**
             * Format: unix-ms
             * @description In use since
             */
            valid_from: number;
            /**
             * Format: unix-ms
             * @description In use until; null: still
             */
            valid_to: number | null;
            /** @description Grows with each change */
            version: number;
            /** @description After a change of shape: what does not fit */
            warnings: {
                /** @description The other area */
                area_id: string;
                /** @description outside_parent or overlap */
                code: string;
                /** @description Square metres */
                m2: number;
                /** @description Its name */
                name: string;
            }[];
        };
        get_areas_redraws_id_view: {
            /** @description What is touched */
            areas: {
                /** @description Its polygon afterwards; null: none, or an area below that keeps it */
                after: unknown;
                /** @description Named in the request, or new; else an area below that follows */
                asked: boolean;
                /** @description Its polygon before; null: none, or an area below that keeps it */
                before: unknown;
                /** @description Is taken in by another and closes */
                closes: boolean;
                /** @description Code */
                code: string | null;
                /** @description New */
                fresh: boolean;
                /** @description Square metres that it gains */
                gained: number;
                /** @description Id; that of a new area is given when it is applied */
                id: string;
                /** @description Kind */
                kind: string;
                /** @description Square metres that it loses */
                lost: number;
                /** @description Square metres afterwards */
                m2_after: number;
                /** @description Square metres before */
                m2_before: number;
                /** @description Comes under another area */
                moves: boolean;
                /** @description Name; null: to be named */
                name: string | null;
                /** @description Area above it afterwards */
                parent_id: string | null;
            }[];
            /** @description Send it with the request that applies */
            basis: string | null;
            /** @description border: the present one between the two, a MultiLineString */
            border: unknown;
            /**
             * Format: unix-ms
             * @description When it was asked for, of one that waits or waited
             */
            created_at: number | null;
            /**
             * Format: unix-ms
             * @description When it was applied, withdrawn or failed
             */
            done_at: number | null;
            /**
             * Format: unix-ms
             * @description From when it holds
             */
            effective: number | null;
            /** @description What ends with it, to be granted again by hand where wanted */
            ends: {
                /** @description Its name */
                area: string;
                /** @description At which area */
                area_id: string;
                /** @description The same in English */
                title_en: string | null;
                /** @description Role or post */
                title_zh: string | null;
                /** @description role, post, service, or rule: a routing rule that is reached no more */
                what: string;
                /** @description Person or organisation; null: not for the caller to see */
                who: string | null;
            }[];
            /** @description What to know before */
            findings: {
                /** @description Of which area */
                area_id: string | null;
                /** @description outside_parent, overlap, gap, apart (in several parts), child_outside, child_moved, child_cut (its part goes to a neighbour across), child_unheld (its part goes to none), children_unplaced (no polygon), open_cases (stay with the area that took them), orgs_move, alliances_move, webhooks_move, roles_stay */
                code: string;
                /** @description How many */
                count: number;
                /** @description Square metres */
                m2: number;
                /** @description Its name */
                name: string | null;
                /** @description Its name */
                other: string | null;
                /** @description The other area */
                other_id: string | null;
            }[];
            /** @description Of one that waits or waited */
            id: string | null;
            /**
             * @description What is done
             * @enum {string}
             */
            op: "split" | "merge" | "border" | "draw";
            /** @description Why it failed, or cannot be applied as things are: the code of an error */
            reason: string | null;
            /** @description Why the drawn shape had to be repaired */
            repaired: string | null;
            /**
             * @description planned: nothing was changed; waits for its day; applied, withdrawn; failed: the areas had changed
             * @enum {string}
             */
            state: "planned" | "waits" | "applied" | "withdrawn" | "failed";
        };
        get_areas_view: {
            /** @description Areas directly below */
            child_count: number;
            /** @description Class; see setting unit.area_classes */
            class: string | null;
            /** @description Statistical or grid code */
            code: string | null;
            /** @description 0: the root */
            depth: number;
            /** @description Has a polygon */
            has_shape: boolean;
            /** @description Id */
            id: string;
            /** @description Kind; see setting unit.area_kinds */
            kind: string;
            /** @description Name */
            name: string;
            /** @description Area above; null: the root */
            parent_id: string | null;
            /**
             * Format: unix-ms
             * @description In use since
             */
            valid_from: number;
            /**
             * Format: unix-ms
             * @description In use until; null: still
             */
            valid_to: number | null;
            /** @description Grows with each change */
            version: number;
        };
        get_cases_id_projects_view: {
            /**
             * @description What they said
             * @enum {string|null}
             */
            answer: "yes" | "no" | null;
            /** @description The caller reported the case and is asked whether it is as it should be */
            asks: boolean;
            /**
             * Format: unix-ms
             * @description Planned end
             */
            due_at: number | null;
            /** @description Project */
            id: string;
            /** @description The caller may open it */
            may_read: boolean;
            /** @description It has a public page */
            public: boolean;
            /**
             * @description Where it stands
             * @enum {string}
             */
            state: "draft" | "planned" | "under_way" | "for_acceptance" | "accepted" | "abandoned";
            /** @description In a line */
            title: string;
            /** @description Who runs it */
            unit_name: string;
        };
        get_cases_id_view: {
            /** @description What the caller may do now */
            actions: {
                /**
                 * @description Action
                 * @enum {string|null}
                 */
                action: "report" | "ask" | "reply" | "accept" | "reject" | "dispatch" | "redispatch" | "handle_self" | "sign" | "return" | "handled" | "pass" | "fail" | "rate" | "reopen" | "withdraw" | "comment" | "route" | "release" | "on_the_spot" | "import_closed" | "contact" | "whistle" | "task_receive" | "task_answer" | "task_return" | "task_overrule" | "extend" | "grant_extension" | "suspend" | "grant_suspension" | "refuse" | "resume" | "review" | "merge" | "unmerge" | "absorb" | "part" | "call_back" | "appeal" | "appeal_score" | "uphold_appeal" | "refuse_appeal" | "escalate" | "delegate" | "supervise" | "supervise_answer" | "lift" | "hand" | "timeout" | "succeed" | "task_succeed" | "project" | null;
                /** @description Fields it cannot do without */
                needs: string[];
                /** @description The main one now */
                primary: boolean;
            }[];
            /** @description Place in words */
            address: string | null;
            /** @description Appeal against being scored; for staff */
            appeal: {
                /** @description Why so */
                answer: string | null;
                /**
                 * Format: unix-ms
                 * @description When it was made
                 */
                at: number;
                /** @description Who made it */
                by: string | null;
                /**
                 * Format: unix-ms
                 * @description When it was decided
                 */
                decided_at: number | null;
                /** @description By whom */
                decided_by: string | null;
                /**
                 * @description What it is about
                 * @enum {string|null}
                 */
                ground: "beyond_powers" | "unreachable" | "not_theirs" | "rating" | "other" | null;
                /** @description Why */
                reason: string | null;
                /**
                 * @description Waiting; upheld: left out of scores, still counted; refused
                 * @enum {string}
                 */
                state: "waiting" | "upheld" | "refused";
            } | null;
            /** @description Deepest area */
            area_id: string | null;
            /** @description Its name */
            area_name: string | null;
            /** @description Person of the organisation it was handed to; for staff */
            assignee: {
                /** @description Id */
                id: string;
                /** @description Name */
                name: string | null;
            } | null;
            /** @description Place, WGS 84 */
            at: {
                lat: number;
                lon: number;
            } | null;
            /** @description What a rule keeps the caller from doing now */
            blocked: {
                /**
                 * @description Action
                 * @enum {string|null}
                 */
                action: "report" | "ask" | "reply" | "accept" | "reject" | "dispatch" | "redispatch" | "handle_self" | "sign" | "return" | "handled" | "pass" | "fail" | "rate" | "reopen" | "withdraw" | "comment" | "route" | "release" | "on_the_spot" | "import_closed" | "contact" | "whistle" | "task_receive" | "task_answer" | "task_return" | "task_overrule" | "extend" | "grant_extension" | "suspend" | "grant_suspension" | "refuse" | "resume" | "review" | "merge" | "unmerge" | "absorb" | "part" | "call_back" | "appeal" | "appeal_score" | "uphold_appeal" | "refuse_appeal" | "escalate" | "delegate" | "supervise" | "supervise_answer" | "lift" | "hand" | "timeout" | "succeed" | "task_succeed" | "project" | null;
                /** @description Why not, in English */
                why_en: string | null;
                /** @description Why not, in Chinese */
                why_zh: string | null;
            }[];
            /** @description Calling the reporter back after closing; for staff */
            call_back: {
                /**
                 * Format: unix-ms
                 * @description While it waits: from when it may be tried
                 */
                from: number | null;
                /** @description The tries since it was closed, oldest first */
                items: {
                    /**
                     * Format: unix-ms
                     * @description When
                     */
                    at: number;
                    /** @description Who called */
                    by: string | null;
                    /**
                     * @description Were they contacted within the limit
                     * @enum {string|null}
                     */
                    contacted: "yes" | "no" | null;
                    /**
                     * @description Whether they answered
                     * @enum {string}
                     */
                    reached: "answered" | "not_reached" | "refused";
                    /**
                     * @description Is the problem solved
                     * @enum {string|null}
                     */
                    solved: "yes" | "partly" | "no" | null;
                    /** @description How satisfied, 1 to 5; 0: not said */
                    stars: number;
                    /** @description What they said, or a note */
                    word: string | null;
                }[];
                /** @description After so many the reporter counts as unreachable */
                most: number;
                /**
                 * @description Waiting, answered (or rated by the reporter), unreachable, refused
                 * @enum {string}
                 */
                state: "waiting" | "answered" | "unreachable" | "refused";
                /** @description Tries since it was closed */
                tries: number;
            } | null;
            /** @description Organisations called by whistle, each with its task and answer; for staff */
            called: {
                /** @description What the caller may do with it now */
                actions: string[];
                /** @description What it is called for */
                ask: string | null;
                /**
                 * Format: unix-ms
                 * @description When it was called
                 */
                called_at: number;
                /** @description Answer: what was done */
                done: string | null;
                /**
                 * Format: unix-ms
                 * @description Answer: by when
                 */
                done_by: number | null;
                /**
                 * Format: unix-ms
                 * @description When its answer is due
                 */
                due_at: number | null;
                /**
                 * Format: unix-ms
                 * @description When it was answered, returned, overruled or stopped
                 */
                ended_at: number | null;
                /** @description Task */
                id: string;
                /** @description Organisation called */
                org_id: string;
                /** @description Its name */
                org_name: string | null;
                /** @description Why it was returned or overruled */
                reason: string | null;
                /**
                 * Format: unix-ms
                 * @description Answer: when received
                 */
                received_at: number | null;
                /** @description Answer: whom they spoke to */
                spoke_to: string | null;
                /**
                 * @description Where it stands
                 * @enum {string}
                 */
                state: "called" | "received" | "answered" | "returned" | "overruled" | "stopped";
            }[];
            /** @description Category */
            category: {
                /** @description Id */
                id: string;
                /** @description English name */
                name_en: string | null;
                /** @description Chinese name */
                name_zh: string | null;
            } | null;
            /** @description The clock behind it; for staff */
            clock: {
                /** @description How long it is */
                amount: number;
                /**
                 * @description Request that waits for approval
                 * @enum {string|null}
                 */
                asked: "extension" | "suspension" | null;
                /**
                 * Format: unix-ms
                 * @description When it was asked
                 */
                asked_at: number | null;
                /** @description Version of the calendar it was computed with */
                calendar: number;
                /** @description Working days asked for */
                days: number;
                /** @description Times the limit was extended */
                extensions: number;
                /**
                 * Format: unix-ms
                 * @description When the present limit began
                 */
                from: number | null;
                /** @description What was left when it stopped; -1: it was late */
                left_amount: number;
                /**
                 * @description Of what
                 * @enum {string|null}
                 */
                left_unit: "urgent_minutes" | "working_minutes" | "working_days" | null;
                /** @description Reaches beyond the years that calendar covers; computed again when they are known */
                provisional: boolean;
                /**
                 * Format: unix-ms
                 * @description Date of review, asked for or approved
                 */
                review_at: number | null;
                /** @description The clock is stopped: waiting for the reporter, or suspended; due_at is then the answer's or the review's */
                stopped: boolean;
                /**
                 * @description Of what; null: a date, or no limit
                 * @enum {string|null}
                 */
                unit: "urgent_minutes" | "working_minutes" | "working_days" | null;
            } | null;
            /**
             * Format: unix-ms
             * @description When it was closed or rejected
             */
            closed_at: number | null;
            /** @description Number people say */
            code: string;
            /** @description Contact with its middle hidden; for staff */
            contact_masked: string | null;
            /**
             * Format: unix-ms
             * @description When the reporter proved by a code that the telephone is theirs; for staff
             */
            contact_verified_at: number | null;
            /**
             * Format: unix-ms
             * @description When the present step is due
             */
            due_at: number | null;
            /** @description The story, oldest first */
            events: {
                /**
                 * @description What was done
                 * @enum {string|null}
                 */
                action: "report" | "ask" | "reply" | "accept" | "reject" | "dispatch" | "redispatch" | "handle_self" | "sign" | "return" | "handled" | "pass" | "fail" | "rate" | "reopen" | "withdraw" | "comment" | "route" | "release" | "on_the_spot" | "import_closed" | "contact" | "whistle" | "task_receive" | "task_answer" | "task_return" | "task_overrule" | "extend" | "grant_extension" | "suspend" | "grant_suspension" | "refuse" | "resume" | "review" | "merge" | "unmerge" | "absorb" | "part" | "call_back" | "appeal" | "appeal_score" | "uphold_appeal" | "refuse_appeal" | "escalate" | "delegate" | "supervise" | "supervise_answer" | "lift" | "hand" | "timeout" | "succeed" | "task_succeed" | "project" | null;
                /** @description Who; null for the reporter and for the program */
                actor: string | null;
                /**
                 * Format: unix-ms
                 * @description When
                 */
                at: number | null;
                /** @description The reporter did it */
                by_reporter: boolean;
                /** @description A routing rule did it */
                by_rule: boolean;
                /** @description More: outcome, rule, before and after */
                data: unknown;
                /**
                 * @description State before
                 * @enum {string|null}
                 */
                from_state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged" | null;
                /** @description For staff only */
                internal: boolean;
                /** @description Organisation it went to, or that had it */
                org_id: string | null;
                /** @description Its name */
                org_name: string | null;
                /** @description Photos of this step */
                photos: string[];
                /** @description 1, 2, 3 … */
                seq: number;
                /** @description What was said */
                text: string | null;
                /**
                 * @description State after
                 * @enum {string|null}
                 */
                to_state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged" | null;
            }[];
            /** @description How many follow it, reporters of merged cases among them; for staff */
            followers: number;
            /** @description The caller follows it */
            following: boolean;
            /** @description Area whose level holds it since it was passed up or down; for staff */
            held: {
                /** @description Id */
                id: string;
                /** @description Name */
                name: string | null;
            } | null;
            /** @description Id */
            id: string;
            /** @description Where the caller may pass it */
            levels: {
                /** @description Levels below on its own chain, nearest first */
                down: {
                    /** @description Area */
                    id: string;
                    /** @description Its name */
                    name: string | null;
                    /**
                     * @description accepted: it is dispatched there; handling: it is handled there, by those who work there
                     * @enum {string|null}
                     */
                    state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged" | null;
                }[];
                /** @description Level above that would take it over; null: there is none */
                up: {
                    /** @description Area */
                    id: string;
                    /** @description Its name */
                    name: string | null;
                    /**
                     * @description accepted: it is dispatched there; handling: it is handled there, by those who work there
                     * @enum {string|null}
                     */
                    state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged" | null;
                } | null;
            } | null;
            /** @description Cases merged into this one; for staff */
            merged: {
                /** @description Approximate place: the grid or community */
                area_name: string | null;
                /** @description Category */
                category: {
                    /** @description Id */
                    id: string;
                    /** @description English name */
                    name_en: string | null;
                    /** @description Chinese name */
                    name_zh: string | null;
                } | null;
                /**
                 * Format: unix-ms
                 * @description When it was closed, rejected or merged
                 */
                closed_at: number | null;
                /** @description Number people say */
                code: string;
                /** @description Case; null for whoever may not read it */
                id: string | null;
                /**
                 * @description Outcome of a closed case
                 * @enum {string|null}
                 */
                outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                /** @description Text and photos are public */
                released: boolean;
                /**
                 * Format: unix-ms
                 * @description When it was reported
                 */
                reported_at: number;
                /**
                 * @description State
                 * @enum {string}
                 */
                state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
                /** @description First words: when released, or for staff */
                title: string | null;
            }[];
            /** @description The case into which this one was merged */
            merged_into: {
                /** @description The case */
                about: {
                    /** @description Approximate place: the grid or community */
                    area_name: string | null;
                    /** @description Category */
                    category: {
                        /** @description Id */
                        id: string;
                        /** @description English name */
                        name_en: string | null;
                        /** @description Chinese name */
                        name_zh: string | null;
                    } | null;
                    /**
                     * Format: unix-ms
                     * @description When it was closed, rejected or merged
                     */
                    closed_at: number | null;
                    /** @description Number people say */
                    code: string;
                    /** @description Case; null for whoever may not read it */
                    id: string | null;
                    /**
                     * @description Outcome of a closed case
                     * @enum {string|null}
                     */
                    outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                    /** @description Text and photos are public */
                    released: boolean;
                    /**
                     * Format: unix-ms
                     * @description When it was reported
                     */
                    reported_at: number;
                    /**
                     * @description State
                     * @enum {string}
                     */
                    state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
                    /** @description First words: when released, or for staff */
                    title: string | null;
                };
                /** @description Its seven steps with their dates */
                steps: {
                    /**
                     * Format: unix-ms
                     * @description When it was done
                     */
                    at: number | null;
                    /** @description By whom */
                    by: string | null;
                    /**
                     * Format: unix-ms
                     * @description When it is due
                     */
                    due_at: number | null;
                    /**
                     * @description Done, under way, or to do
                     * @enum {string|null}
                     */
                    state: "done" | "now" | "ahead" | null;
                    /**
                     * @description Step of the loop
                     * @enum {string|null}
                     */
                    step: "report" | "accept" | "dispatch" | "handle" | "verify" | "close" | "rate" | null;
                }[];
            } | null;
            /** @description The caller reported it */
            mine: boolean;
            /** @description Organisation that has it */
            org_id: string | null;
            /** @description Its name */
            org_name: string | null;
            /**
             * @description Outcome of a closed case
             * @enum {string|null}
             */
            outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
            /** @description Areas from the root to the deepest */
            path: {
                /** @description Id */
                id: string;
                /** @description Name */
                name: string | null;
            }[];
            /** @description Photos */
            photos: {
                /** @description File */
                id: string;
                /** @description Step it belongs to */
                seq: number;
                /**
                 * @description What it shows
                 * @enum {string|null}
                 */
                stage: "report" | "before" | "after" | "other" | null;
            }[];
            /** @description What the reporter said of it: the words that count */
            rating: {
                /**
                 * @description The reporter's own rating, which goes before what was told in a call-back
                 * @enum {string|null}
                 */
                by: "reporter" | "call_back" | null;
                /**
                 * @description Contacted within the limit; null: not said
                 * @enum {string|null}
                 */
                contacted: "yes" | "no" | null;
                /**
                 * @description Whether the problem is solved, says the reporter
                 * @enum {string|null}
                 */
                solved: "yes" | "partly" | "no" | null;
                /** @description How it was handled, 1 to 5; 0: not said */
                stars: number;
                /** @description In words */
                word: string | null;
            } | null;
            /** @description Text and photos are public */
            released: boolean;
            /** @description Times it was reopened */
            reopens: number;
            /**
             * Format: unix-ms
             * @description When it was reported
             */
            reported_at: number;
            /** @description Name as given; for staff */
            reporter_name: string | null;
            /** @description Times an organisation returned it */
            returns: number;
            /** @description Times it failed verification */
            reworks: number;
            /** @description Whose it is and why; for staff */
            routing: {
                /** @description Close to a border: a dispatcher chooses the area */
                border: boolean;
                /** @description Areas across the border */
                near: {
                    /** @description Id */
                    id: string;
                    /** @description Name */
                    name: string | null;
                }[];
                /** @description Its short number */
                number: number;
                /** @description Organisation proposed or chosen by a rule */
                org: {
                    /** @description Id */
                    id: string;
                    /** @description Name */
                    name: string | null;
                } | null;
                /** @description Routing rule */
                rule: string | null;
                /** @description The reason in the reader's language: category, area, number of the rule */
                why: string | null;
                /** @description The reason in English */
                why_en: string | null;
                /** @description The reason in Chinese */
                why_zh: string | null;
            } | null;
            /** @description Reporter's secret for X-Case-Secret; only in the answer to the report, and only without an account */
            secret: string | null;
            /** @description 1 urgent, 2 ordinary, 3 minor */
            severity: number;
            /**
             * @description How it came in
             * @enum {string}
             */
            source: "resident" | "account" | "on_behalf" | "grid_worker" | "on_the_spot" | "import" | "open311" | "device";
            /**
             * @description State
             * @enum {string}
             */
            state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
            /** @description The seven steps */
            steps: {
                /**
                 * Format: unix-ms
                 * @description When it was done
                 */
                at: number | null;
                /** @description By whom */
                by: string | null;
                /**
                 * Format: unix-ms
                 * @description When it is due
                 */
                due_at: number | null;
                /**
                 * @description Done, under way, or to do
                 * @enum {string|null}
                 */
                state: "done" | "now" | "ahead" | null;
                /**
                 * @description Step of the loop
                 * @enum {string|null}
                 */
                step: "report" | "accept" | "dispatch" | "handle" | "verify" | "close" | "rate" | null;
            }[];
            /** @description Supervision by a level above; for staff */
            supervision: {
                /**
                 * Format: unix-ms
                 * @description When whoever has it answered last
                 */
                answered_at: number | null;
                /** @description Area whose level supervises it */
                area_id: string | null;
                /** @description Its name */
                area_name: string | null;
                /**
                 * Format: unix-ms
                 * @description When the level above expects it
                 */
                due_at: number;
                /**
                 * Format: unix-ms
                 * @description Since when
                 */
                since: number;
            } | null;
            /** @description Reporter's words */
            text: string | null;
            /** @description First words */
            title: string | null;
            /**
             * Format: unix-ms
             * @description Last step
             */
            updated_at: number | null;
            /** @description Version, for If-Match */
            version: number;
        };
        get_cases_view: {
            /** @description The main thing the caller may do now */
            actions: string[];
            /** @description Place in words */
            address: string | null;
            /**
             * @description How the appeal against the score stands; for staff
             * @enum {string|null}
             */
            appeal: "waiting" | "upheld" | "refused" | null;
            /** @description Deepest area */
            area_id: string | null;
            /** @description Its name */
            area_name: string | null;
            /**
             * @description Request that waits for approval
             * @enum {string|null}
             */
            asked: "extension" | "suspension" | null;
            /** @description Person of the organisation it was handed to */
            assignee: string | null;
            /** @description Place, WGS 84 */
            at: {
                lat: number;
                lon: number;
            } | null;
            /**
             * @description How the call-back stands; for staff
             * @enum {string|null}
             */
            call_back: "waiting" | "answered" | "unreachable" | "refused" | null;
            /** @description Category */
            category: {
                /** @description Id */
                id: string;
                /** @description English name */
                name_en: string | null;
                /** @description Chinese name */
                name_zh: string | null;
            } | null;
            /** @description Number people say */
            code: string;
            /**
             * Format: unix-ms
             * @description When the present step is due
             */
            due_at: number | null;
            /** @description Area whose level holds it since it was passed up or down */
            held_area_id: string | null;
            /** @description Its name */
            held_area_name: string | null;
            /** @description Id */
            id: string;
            /** @description Organisation that has it */
            org_id: string | null;
            /** @description Its name */
            org_name: string | null;
            /**
             * @description Outcome of a closed case
             * @enum {string|null}
             */
            outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
            /** @description First photo */
            photo: string | null;
            /** @description The due time reaches beyond the years the calendar covers */
            provisional: boolean;
            /**
             * Format: unix-ms
             * @description When it was reported
             */
            reported_at: number;
            /** @description Times it failed verification */
            reworks: number;
            /** @description 1 urgent, 2 ordinary, 3 minor */
            severity: number;
            /**
             * @description Whether it is solved, as the reporter says
             * @enum {string|null}
             */
            solved: "yes" | "partly" | "no" | null;
            /**
             * @description How it came in
             * @enum {string|null}
             */
            source: "resident" | "account" | "on_behalf" | "grid_worker" | "on_the_spot" | "import" | "open311" | "device" | null;
            /** @description How it was handled, 1 to 5, as the reporter says; 0: not said */
            stars: number;
            /**
             * @description State
             * @enum {string}
             */
            state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
            /** @description The clock is stopped; due_at is the date of the answer or the review */
            stopped: boolean;
            /**
             * Format: unix-ms
             * @description When a level above expects it; null: not under supervision
             */
            supervised_due: number | null;
            /** @description Whoever has it has answered that level */
            supervision_answered: boolean;
            /** @description Organisations called that have neither answered nor been overruled */
            tasks_open: number;
            /** @description First words */
            title: string | null;
            /**
             * Format: unix-ms
             * @description Last step
             */
            updated_at: number | null;
            /** @description Version, for If-Match */
            version: number;
        };
        get_categories_view: {
            /** @description No longer for new cases */
            closed: boolean;
            /** @description Code within the kind */
            code: string | null;
            /** @description Order among those offered first; 0: not offered first */
            common: number;
            /** @description Id */
            id: string;
            /** @description object, matter or service */
            kind: string | null;
            /** @description A case may name it */
            leaf: boolean;
            /** @description English name */
            name_en: string | null;
            /** @description Chinese name */
            name_zh: string | null;
            /** @description Code of the pack it came with */
            pack: string | null;
            /** @description Category above */
            parent_id: string | null;
            /** @description 1 urgent, 2 ordinary, 3 minor: as proposed */
            severity: number;
            /** @description Version, for If-Match */
            version: number;
        };
        get_category_packs_view: {
            /** @description Categories in use */
            categories: number;
            /** @description Code */
            code: string;
            /** @description Id; null: not installed */
            id: string | null;
            /**
             * Format: unix-ms
             * @description When it was taken in
             */
            imported_at: number | null;
            /** @description Ships with the program */
            shipped: boolean;
            /** @description Where it comes from */
            source: string | null;
            /** @description Version */
            version: string;
        };
        get_clock_calendars_view: {
            /** @description By whom; null: the program or the terminal */
            by: string | null;
            /** @description First year covered */
            first_year: number;
            /** @description Days freed */
            holidays: number;
            /** @description Id */
            id: string;
            /**
             * Format: unix-ms
             * @description When it was taken in
             */
            imported_at: number;
            /** @description The newest one is */
            in_force: boolean;
            /** @description Job that computes the open due times again; after an import */
            job: string | null;
            /** @description Last year covered; due times beyond it are provisional */
            last_year: number;
            /** @description Where it comes from */
            name: string;
            /** @description Version; a due time names the one it was computed with */
            version: number;
            /** @description Make-up days worked */
            workdays: number;
        };
        get_clock_hours_view: {
            /** @description Id */
            id: string;
            /** @description Kind of area whose level keeps these hours; empty: wherever no level has its own */
            kind: string;
            /**
             * Format: unix-ms
             * @description From
             */
            valid_from: number;
            /**
             * Format: unix-ms
             * @description Until
             */
            valid_to: number | null;
            /** @description Version, for If-Match */
            version: number;
            /** @description Monday to Sunday and the make-up day, such as 09:00-12:00 13:30-17:30; empty: none */
            week: string[];
        };
        get_clock_policies_view: {
            /** @description Subtree of categories; null: everything */
            category: {
                /** @description Category */
                id: string;
                /** @description English name */
                name_en: string | null;
                /** @description Chinese name */
                name_zh: string | null;
            } | null;
            /** @description Id */
            id: string;
            /** @description Limits; what is missing follows what is less specific */
            limits: {
                /** @description How much; 0: no limit */
                amount: number;
                /**
                 * @description Step: accept, answer (the reporter), dispatch, sign, handle, verify
                 * @enum {string}
                 */
                step: "accept" | "answer" | "dispatch" | "sign" | "handle" | "verify";
                /**
                 * @description urgent_minutes run around the clock; working_minutes; working_days
                 * @enum {string}
                 */
                unit: "urgent_minutes" | "working_minutes" | "working_days";
            }[];
            /** @description 1 urgent, 2 ordinary, 3 minor; 0: every one */
            severity: number;
            /**
             * Format: unix-ms
             * @description From
             */
            valid_from: number;
            /**
             * Format: unix-ms
             * @description Until
             */
            valid_to: number | null;
            /** @description Version, for If-Match */
            version: number;
        };
        get_directory_view: {
            /** @description Names of the areas above it */
            above: string | null;
            /** @description Where to go */
            address: string | null;
            /** @description Its place, WGS 84 */
            at: {
                lat: number;
                lon: number;
            } | null;
            /** @description When it is open, in words */
            hours: string | null;
            /** @description Area or organisation */
            id: string;
            /** @description Its kind */
            kind: string;
            /** @description The caller may change it */
            may_manage: boolean;
            /** @description Name */
            name: string;
            /** @description What one can do there */
            note: string | null;
            /** @description People shown there */
            people: number;
            /** @description Telephone of the office */
            phone: string | null;
            /**
             * @description area or org
             * @enum {string}
             */
            unit_kind: "area" | "org";
            /**
             * Format: unix-ms
             * @description When it was last changed; null: never filled in
             */
            updated_at: number | null;
            /** @description Grows with each change; 0: never filled in */
            version: number;
        };
        get_follows_view: {
            /** @description The case, as everybody may know it */
            about: {
                /** @description Approximate place: the grid or community */
                area_name: string | null;
                /** @description Category */
                category: {
                    /** @description Id */
                    id: string;
                    /** @description English name */
                    name_en: string | null;
                    /** @description Chinese name */
                    name_zh: string | null;
                } | null;
                /**
                 * Format: unix-ms
                 * @description When it was closed, rejected or merged
                 */
                closed_at: number | null;
                /** @description Number people say */
                code: string;
                /** @description Case; null for whoever may not read it */
                id: string | null;
                /**
                 * @description Outcome of a closed case
                 * @enum {string|null}
                 */
                outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                /** @description Text and photos are public */
                released: boolean;
                /**
                 * Format: unix-ms
                 * @description When it was reported
                 */
                reported_at: number;
                /**
                 * @description State
                 * @enum {string}
                 */
                state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
                /** @description First words: when released, or for staff */
                title: string | null;
            };
            /**
             * @description The last step that everybody may know of
             * @enum {string|null}
             */
            last_action: "report" | "ask" | "reply" | "accept" | "reject" | "dispatch" | "redispatch" | "handle_self" | "sign" | "return" | "handled" | "pass" | "fail" | "rate" | "reopen" | "withdraw" | "comment" | "route" | "release" | "on_the_spot" | "import_closed" | "contact" | "whistle" | "task_receive" | "task_answer" | "task_return" | "task_overrule" | "extend" | "grant_extension" | "suspend" | "grant_suspension" | "refuse" | "resume" | "review" | "merge" | "unmerge" | "absorb" | "part" | "call_back" | "appeal" | "appeal_score" | "uphold_appeal" | "refuse_appeal" | "escalate" | "delegate" | "supervise" | "supervise_answer" | "lift" | "hand" | "timeout" | "succeed" | "task_succeed" | "project" | null;
            /**
             * Format: unix-ms
             * @description When it was done
             */
            last_at: number | null;
            /** @description The caller reported that one */
            reporter: boolean;
            /** @description For X-Case-Secret; only in the answer to following without an account */
            secret: string | null;
            /**
             * Format: unix-ms
             * @description From when
             */
            since: number;
            /** @description Number of the case that was merged into this one, by which the caller came to follow it */
            via: string | null;
        };
        get_healthz_view: {
            /** @description ok, or why not */
            status: string;
        };
        get_hook_sources_view: {
            /** @description Of reports that the mapping gives none */
            category: string | null;
            /**
             * Format: unix-ms
             * @description When ended
             */
            closed_at: number | null;
            /**
             * Format: unix-ms
             * @description When made
             */
            created_at: number;
            /** @description Id; it posts to /api/v1/hooks/ID */
            id: string;
            /** @description Which member is what, as in an import */
            mapping: unknown;
            /** @description Which system */
            name: string;
            /** @description Reports it may make in an hour */
            per_hour: number;
            /**
             * Format: unix-ms
             * @description Last report
             */
            used_at: number | null;
            /** @description Reports taken */
            uses: number;
            /** @description Version, for If-Match */
            version: number;
        };
        get_jobs_view: {
            /** @description It was asked to stop */
            cancelling: boolean;
            /**
             * Format: unix-ms
             * @description When it was asked for
             */
            created_at: number;
            /** @description There is a file of rows and reasons */
            errors: boolean;
            /** @description It has made a file: GET /jobs/:id/result */
            file: boolean;
            /**
             * Format: unix-ms
             * @description When it ended
             */
            finished_at: number | null;
            /** @description Job */
            id: string;
            /** @description What it does, such as import.cases */
            kind: string;
            /** @description Code of what went wrong */
            problem: string | null;
            /** @description Steps done */
            progress: number;
            /** @description Counts, by kind; while it runs, those so far */
            result: unknown;
            /**
             * Format: unix-ms
             * @description When it was begun, or begun again
             */
            started_at: number | null;
            /**
             * @description Where it stands
             * @enum {string}
             */
            state: "waiting" | "running" | "done" | "failed" | "cancelled";
            /** @description Steps in all; 0: not known */
            total: number;
        };
        get_mail_server_view: {
            /** @description Certificates trusted instead of the system's, PEM */
            authority: string | null;
            /** @description A server is set */
            configured: boolean;
            /** @description A password is kept; it is never shown */
            has_password: boolean;
            /** @description Name or address */
            host: string | null;
            /** @description Port */
            port: number;
            /**
             * @description none: a server on this machine alone; starttls; tls: from the first byte
             * @enum {string|null}
             */
            security: "none" | "starttls" | "tls" | null;
            /** @description Address it is sent from */
            sender: string | null;
            /** @description Name beside it; null: the district's */
            sender_name: string | null;
            /** @description The setting site.url: without it no mail is sent, because its links would lead nowhere */
            site: string | null;
            /** @description Signs in as */
            user: string | null;
            /** @description Version, for If-Match; 0: none is set */
            version: number;
        };
        get_mail_view: {
            /** @description Address; null: none */
            address: string | null;
            /** @description This system can send mail */
            available: boolean;
            /**
             * Format: unix-ms
             * @description A code was sent and is good until
             */
            code_until: number | null;
            /** @description It was confirmed; nothing is sent before */
            confirmed: boolean;
            /** @description Hour of the day of what comes once a day */
            daily_hour: number;
            /**
             * @description Time limits
             * @enum {string|null}
             */
            deadlines: "off" | "at_once" | "daily" | null;
            /**
             * @description What you follow
             * @enum {string|null}
             */
            followed: "off" | "at_once" | "daily" | null;
            /**
             * @description Anything else
             * @enum {string|null}
             */
            other: "off" | "at_once" | "daily" | null;
            /**
             * @description What you reported
             * @enum {string|null}
             */
            own: "off" | "at_once" | "daily" | null;
            /** @description There are quiet hours */
            quiet: boolean;
            /** @description From this hour */
            quiet_from: number;
            /** @description To this hour */
            quiet_to: number;
            /**
             * Format: unix-ms
             * @description Stopped by the link in a mail
             */
            stopped_at: number | null;
            /** @description Version, for If-Match; 0: no address */
            version: number;
            /**
             * @description What waits for you
             * @enum {string|null}
             */
            work: "off" | "at_once" | "daily" | null;
        };
        get_needs_id_view: {
            /** @description Where */
            area_id: string;
            /** @description Its name */
            area_name: string;
            /** @description Place, WGS 84 */
            at: {
                lat: number;
                lon: number;
            } | null;
            /**
             * Format: unix-ms
             * @description Wanted from
             */
            begins_at: number | null;
            /** @description Code of its category; see GET /exchange/categories */
            category: string;
            /** @description How much of it is taken on, done or confirmed */
            claimed: number;
            /** @description Who took on how much, and what became of it */
            claims: {
                /**
                 * Format: unix-ms
                 * @description The resource is held from
                 */
                begins_at: number | null;
                /**
                 * Format: unix-ms
                 * @description Taken
                 */
                created_at: number;
                /**
                 * Format: unix-ms
                 * @description Reported as done
                 */
                done_at: number | null;
                /**
                 * Format: unix-ms
                 * @description To be done by
                 */
                due_at: number;
                /**
                 * Format: unix-ms
                 * @description Confirmed, failed or given back
                 */
                ended_at: number | null;
                /**
                 * Format: unix-ms
                 * @description The resource is held until
                 */
                ends_at: number | null;
                /** @description What was done */
                evidence: string | null;
                /** @description Claim */
                id: string;
                /** @description Not done, and the day is over */
                late: boolean;
                /** @description The caller may report it as done or give it back */
                may_do: boolean;
                /** @description The caller may confirm it or say that it failed */
                may_judge: boolean;
                /** @description The need */
                need_id: string;
                /** @description The need, in a line */
                need_title: string;
                /** @description Who took it on */
                org_id: string;
                /** @description Its name */
                org_name: string;
                /** @description Photographs of it */
                photos: string[];
                /** @description How much of the need */
                quantity: number;
                /** @description 1 to 5, by the asker; 0: none */
                rating: number;
                /** @description Why it failed or was given back */
                reason: string | null;
                /** @description With what */
                resource_id: string | null;
                /** @description The resource, in a line */
                resource_title: string | null;
                /** @description What the asker says of it */
                said: string | null;
                /**
                 * @description Where it stands
                 * @enum {string}
                 */
                state: "taken" | "done" | "confirmed" | "failed" | "given_back";
                /** @description Who comes */
                who: string | null;
            }[];
            /**
             * Format: unix-ms
             * @description Entered
             */
            created_at: number;
            /**
             * Format: unix-ms
             * @description Ended
             */
            ended_at: number | null;
            /**
             * Format: unix-ms
             * @description Wanted until
             */
            ends_at: number | null;
            /** @description The case it grew out of, as far as the caller may see it */
            from_case: {
                /** @description Deepest area */
                area_name: string | null;
                /**
                 * Format: unix-ms
                 * @description When it was closed, rejected or merged
                 */
                closed_at: number | null;
                /** @description Number people say */
                code: string;
                /**
                 * Format: unix-ms
                 * @description When the present step is due
                 */
                due_at: number | null;
                /** @description Id */
                id: string;
                /** @description Organisation that has it */
                org_name: string | null;
                /**
                 * @description Outcome of a closed case
                 * @enum {string|null}
                 */
                outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                /**
                 * Format: unix-ms
                 * @description When it was reported
                 */
                reported_at: number;
                /**
                 * @description State
                 * @enum {string}
                 */
                state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
                /** @description First words; null when the caller may not read it any more */
                title: string | null;
            }[];
            /** @description How many it helps; 0: not said */
            helps: number;
            /** @description Need */
            id: string;
            /**
             * Format: unix-ms
             * @description First taken on in full
             */
            matched_at: number | null;
            /** @description The caller may change it */
            may_manage: boolean;
            /** @description What would count as met */
            met_when: string | null;
            /** @description Shown to residents */
            public: boolean;
            /**
             * Format: unix-ms
             * @description Published
             */
            published_at: number | null;
            /** @description How much */
            quantity: number;
            /** @description Why it was not met, or withdrawn */
            reason: string | null;
            /** @description All of those that recur together; empty: it stands alone */
            series: {
                /**
                 * Format: unix-ms
                 * @description Wanted from
                 */
                begins_at: number | null;
                /** @description Need */
                id: string;
                /** @description Which */
                no: number;
                /**
                 * @description Where it stands
                 * @enum {string}
                 */
                state: "draft" | "published" | "partly" | "matched" | "under_way" | "met" | "unmet" | "withdrawn";
            }[];
            /** @description Which of a row of needs that recur, the first being 1; 0: it stands alone */
            series_no: number;
            /**
             * @description Where it stands
             * @enum {string}
             */
            state: "draft" | "published" | "partly" | "matched" | "under_way" | "met" | "unmet" | "withdrawn";
            /** @description In the asker's words */
            text: string | null;
            /** @description In a line */
            title: string;
            /** @description Of what, in words */
            unit: string | null;
            /** @description Who asks */
            unit_id: string;
            /**
             * @description area or org: who asks
             * @enum {string}
             */
            unit_kind: "area" | "org";
            /** @description Its name */
            unit_name: string;
            /**
             * @description How urgent
             * @enum {string}
             */
            urgency: "ordinary" | "soon" | "urgent";
            /** @description Grows with each change */
            version: number;
        };
        get_orgs_id_view: {
            /** @description Area it belongs to */
            area_id: string | null;
            /** @description Its name */
            area_name: string | null;
            /** @description Organisations directly below */
            child_count: number;
            /** @description Unified social credit code */
            code: string | null;
            /** @description ok, form (not 18 characters of the alphabet) or check (the check character differs); null without a code */
            code_ok: string | null;
            /** @description Telephone, masked */
            contact_masked: string | null;
            /** @description Whom to ask for there */
            contacts: {
                /** @description What they are there for */
                duty: string | null;
                /** @description Id */
                id: string;
                /** @description Name */
                name: string;
                /** @description Telephone, masked */
                phone_masked: string | null;
            }[];
            /** @description Id */
            id: string;
            /** @description Kind; see setting unit.org_kinds */
            kind: string;
            /** @description The caller may change it */
            may_manage: boolean;
            /** @description What it became part of */
            merged_into: {
                /** @description Id */
                id: string;
                /** @description Kind */
                kind: string;
                /** @description Name */
                name: string;
            } | null;
            /** @description Name */
            name: string;
            /** @description Organisation above */
            parent_id: string | null;
            /** @description Organisations above it, topmost first, and itself */
            path: {
                /** @description Id */
                id: string;
                /** @description Kind */
                kind: string;
                /** @description Name */
                name: string;
            }[];
            /** @description Shown in the public directory */
            public: boolean;
            /** @description Others in use with the same credit code */
            same_code: {
                /** @description Id */
                id: string;
                /** @description Kind */
                kind: string;
                /** @description Name */
                name: string;
            }[];
            /** @description Areas it serves */
            serves: {
                /** @description Id */
                id: string;
                /** @description Kind */
                kind: string;
                /** @description Name */
                name: string;
            }[];
            /** @description Areas it serves, served or will serve; newest first */
            services: {
                /**
                 * Format: unix-ms
                 * @description From
                 */
                from: number;
                /** @description The other side: the area of an organisation, the organisation of an area */
                id: string;
                /** @description Its kind */
                kind: string;
                /** @description Its name */
                name: string;
                /**
                 * Format: unix-ms
                 * @description Until, exclusive; null: open
                 */
                to: number | null;
            }[];
            /**
             * Format: unix-ms
             * @description In use since
             */
            valid_from: number;
            /**
             * Format: unix-ms
             * @description In use until; null: still
             */
            valid_to: number | null;
            /** @description What it holds in the fields of its kind (GET /orgs/kinds), and in earlier ones: a value stays when its field goes */
            values: {
                /** @description Code of the field */
                code: string;
                /** @description Value: 12.5, 2026-03-01, yes or no, the code of a choice, text; empty: none */
                value: string | null;
            }[];
            /** @description Grows with each change */
            version: number;
        };
        get_orgs_view: {
            /** @description Area it belongs to */
            area_id: string | null;
            /** @description Its name */
            area_name: string | null;
            /** @description Organisations directly below */
            child_count: number;
            /** @description Unified social credit code */
            code: string | null;
            /** @description ok, form (not 18 characters of the alphabet) or check (the check character differs); null without a code */
            code_ok: string | null;
            /** @description Id */
            id: string;
            /** @description Kind; see setting unit.org_kinds */
            kind: string;
            /** @description Name */
            name: string;
            /** @description Organisation above */
            parent_id: string | null;
            /** @description Shown in the public directory */
            public: boolean;
            /** @description Areas it serves */
            serves: {
                /** @description Id */
                id: string;
                /** @description Kind */
                kind: string;
                /** @description Name */
                name: string;
            }[];
            /**
             * Format: unix-ms
             * @description In use since
             */
            valid_from: number;
            /**
             * Format: unix-ms
             * @description In use until; null: still
             */
            valid_to: number | null;
            /** @description Grows with each change */
            version: number;
        };
        get_people_view: {
            /** @description Ways to sign in */
            accounts: {
                /** @description Closed for good */
                closed: boolean;
                /** @description Account */
                id: string;
                /** @description Locked by an administrator */
                locked: boolean;
                /** @description Has a one-time password that was not changed yet */
                one_time: boolean;
                /** @description Name typed at sign-in */
                sign_in_name: string;
            }[];
            /** @description Contact with its middle hidden; in full by POST /people/{id}/contact */
            contact_masked: string | null;
            /** @description Person */
            id: string;
            /** @description Name */
            name: string;
            /** @description Posts held now or later */
            posts: {
                /** @description Appointment */
                appointment: string;
                /**
                 * Format: unix-ms
                 * @description From
                 */
                from: number;
                /** @description Its English name */
                name_en: string;
                /** @description Its Chinese name */
                name_zh: string;
                /** @description Code of the post */
                post: string;
                /**
                 * Format: unix-ms
                 * @description Until, exclusive; null: open
                 */
                to: number | null;
                /** @description Where */
                unit_id: string;
                /**
                 * @description area or org
                 * @enum {string}
                 */
                unit_kind: "area" | "org";
                /** @description Its name */
                unit_name: string | null;
            }[];
            /** @description A post of theirs may be shown publicly */
            public: boolean;
            /** @description Roles held now or later */
            roles: {
                /** @description Assignment */
                assignment: string;
                /**
                 * Format: unix-ms
                 * @description From
                 */
                from: number;
                /** @description Its English name */
                name_en: string;
                /** @description Its Chinese name */
                name_zh: string;
                /** @description Code of the role */
                role: string;
                /**
                 * Format: unix-ms
                 * @description Until, exclusive; null: open
                 */
                to: number | null;
                /** @description Where: its subtree is meant */
                unit_id: string;
                /**
                 * @description area or org
                 * @enum {string}
                 */
                unit_kind: "area" | "org";
                /** @description Its name */
                unit_name: string | null;
            }[];
            /** @description Grows with each change; send it as If-Match */
            version: number;
        };
        get_phone_gateway_view: {
            /** @description What is sent */
            body: string | null;
            /** @description A gateway is set */
            configured: boolean;
            /**
             * @description Of the body
             * @enum {string|null}
             */
            format: "json" | "form" | null;
            /** @description A good answer holds this */
            good: string | null;
            /** @description A key is kept; it is never shown */
            has_secret: boolean;
            /** @description A header of its own */
            header: string | null;
            /** @description Where it is, without what is secret of it */
            url_shown: string | null;
            /** @description Version, for If-Match; 0: none is set */
            version: number;
        };
        get_posts_view: {
            /** @description Nobody is appointed to it any more */
            closed: boolean;
            /** @description Stable name, such as grid_worker */
            code: string;
            /** @description The same in English */
            duty_en: string | null;
            /** @description What its holder does, as a letter says it */
            duty_zh: string | null;
            /** @description Id */
            id: string;
            /** @description English name */
            name_en: string;
            /** @description Chinese name */
            name_zh: string;
            /** @description Its holders may be shown in the public directory, if they agreed */
            public: boolean;
            /** @description Usual term in months; 0: open */
            term_months: number;
            /** @description Kinds of areas and organisations it may be held at; empty: any */
            unit_kinds: string[];
            /** @description Grows with each change; send it as If-Match */
            version: number;
        };
        get_projects_id_view: {
            /** @description Whom it is for */
            area_id: string;
            /** @description Its name */
            area_name: string;
            /**
             * Format: unix-ms
             * @description Last handed in
             */
            asked_at: number | null;
            /**
             * Format: unix-ms
             * @description Planned beginning
             */
            begins_at: number | null;
            /** @description Cases that are part of it */
            cases: number;
            /**
             * Format: unix-ms
             * @description Entered
             */
            created_at: number;
            /**
             * Format: unix-ms
             * @description Planned end
             */
            due_at: number | null;
            /**
             * Format: unix-ms
             * @description Accepted or abandoned
             */
            ended_at: number | null;
            /** @description Cases that are part of it */
            from_cases: {
                /** @description Deepest area */
                area_name: string | null;
                /**
                 * Format: unix-ms
                 * @description When it was closed, rejected or merged
                 */
                closed_at: number | null;
                /** @description Number people say */
                code: string;
                /**
                 * Format: unix-ms
                 * @description When the present step is due
                 */
                due_at: number | null;
                /** @description Id */
                id: string;
                /** @description Organisation that has it */
                org_name: string | null;
                /**
                 * @description Outcome of a closed case
                 * @enum {string|null}
                 */
                outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                /**
                 * Format: unix-ms
                 * @description When it was reported
                 */
                reported_at: number;
                /**
                 * @description State
                 * @enum {string}
                 */
                state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
                /** @description First words; null when the caller may not read it any more */
                title: string | null;
            }[];
            /** @description Needs that it is for */
            from_needs: {
                /** @description How much of it is taken on, done or confirmed */
                claimed: number;
                /** @description Need */
                id: string;
                /** @description How much */
                quantity: number;
                /**
                 * @description Where it stands
                 * @enum {string}
                 */
                state: "draft" | "published" | "partly" | "matched" | "under_way" | "met" | "unmet" | "withdrawn";
                /** @description In a line */
                title: string;
                /** @description Of what, in words */
                unit: string | null;
                /** @description Who asks */
                unit_name: string | null;
            }[];
            /**
             * Format: unix-ms
             * @description Until then those whom it was for may answer; before it is accepted only when all have
             */
            heard_at: number | null;
            /** @description Project */
            id: string;
            /** @description Why the caller, who holds the right, may not */
            judge_why: string | null;
            /** @description Code of its kind; see GET /projects/kinds */
            kind: string;
            /** @description A milestone or the planned end is over and it is not done */
            late: boolean;
            /** @description What may be spent still, fen: paid in, less what was spent */
            left: number;
            /** @description The caller accepts or refuses it */
            may_judge: boolean;
            /** @description The caller runs it */
            may_manage: boolean;
            /** @description The caller may tell of progress */
            may_work: boolean;
            /** @description What will be done by when */
            milestones: {
                /**
                 * Format: unix-ms
                 * @description Reported as done
                 */
                done_at: number | null;
                /**
                 * Format: unix-ms
                 * @description By when
                 */
                due_at: number;
                /** @description Milestone */
                id: string;
                /** @description Not done, and the day is over */
                late: boolean;
                /** @description Organisation that answers for it */
                org_id: string | null;
                /** @description Their name */
                owner: string | null;
                /** @description Person who answers for it */
                person_id: string | null;
                /** @description What will be done */
                title: string;
            }[];
            /**
             * Format: unix-ms
             * @description When the next milestone is due
             */
            next_due: number | null;
            /** @description Money that came in, fen */
            paid: number;
            /** @description Money promised, fen */
            promised: number;
            /** @description Shown to residents */
            public: boolean;
            /** @description Why it was last refused, or abandoned; with which words accepted */
            reason: string | null;
            /** @description How often it was handed in for acceptance */
            round: number;
            /** @description Where money comes from */
            sources: {
                /** @description That agreement, while it is in force */
                agreement_id: string | null;
                /** @description Source of money */
                id: string;
                /** @description Name of the organisation */
                name: string | null;
                /** @description For what, on which conditions */
                note: string | null;
                /** @description Organisation that gives it */
                org_id: string | null;
                /** @description Fen that came in */
                paid: number;
                /** @description Pledge of an agreement that it keeps */
                pledge_id: string | null;
                /** @description Fen */
                promised: number;
                /** @description Who gives it, in words */
                who: string | null;
            }[];
            /** @description Money spent, fen */
            spent: number;
            /**
             * @description Where it stands
             * @enum {string}
             */
            state: "draft" | "planned" | "under_way" | "for_acceptance" | "accepted" | "abandoned";
            /** @description Milestones */
            steps: number;
            /** @description Of these, done */
            steps_done: number;
            /** @description Of these, late */
            steps_late: number;
            /** @description What happened, the oldest first */
            story: {
                /** @description Fen, of paid and spent */
                amount: number;
                /**
                 * Format: unix-ms
                 * @description When
                 */
                at: number;
                /** @description Who wrote it */
                author: string | null;
                /** @description Entry */
                id: string;
                /**
                 * @description What it tells of
                 * @enum {string}
                 */
                kind: "progress" | "milestone" | "paid" | "spent" | "decided";
                /** @description Photographs */
                photos: string[];
                /** @description Residents may read it */
                public: boolean;
                /** @description Source that paid */
                source_id: string | null;
                /**
                 * @description State that it came into, of decided
                 * @enum {string|null}
                 */
                state: "draft" | "planned" | "under_way" | "for_acceptance" | "accepted" | "abandoned" | null;
                /** @description Milestone that was done */
                step_id: string | null;
                /** @description In words */
                text: string | null;
                /**
                 * Format: unix-ms
                 * @description Struck out
                 */
                void_at: number | null;
                /** @description Why it was struck out */
                void_reason: string | null;
            }[];
            /** @description While it waits for acceptance by the caller: cases that would not close */
            stuck: {
                /** @description Case */
                case_id: string;
                /** @description What keeps it from being closed by the caller with the project now */
                why: string;
            }[];
            /** @description Who is at work on it */
            team: {
                /** @description What they look after */
                duty: string | null;
                /** @description Name */
                name: string;
                /** @description Organisation */
                org_id: string | null;
                /** @description Person */
                person_id: string | null;
                /**
                 * @description lead, captain, liaison or member
                 * @enum {string}
                 */
                role: "lead" | "captain" | "liaison" | "member";
            }[];
            /** @description What is to be done and why */
            text: string | null;
            /** @description In a line */
            title: string;
            /** @description Who runs it */
            unit_id: string;
            /**
             * @description area or org: who runs it
             * @enum {string}
             */
            unit_kind: "area" | "org";
            /** @description Its name */
            unit_name: string;
            /**
             * Format: unix-ms
             * @description Last changed
             */
            updated_at: number;
            /** @description Grows with each change */
            version: number;
            /** @description What reporters of its cases say; for whoever runs it, is in the team or accepts it */
            voices: {
                /**
                 * @description What they said
                 * @enum {string|null}
                 */
                answer: "yes" | "no" | null;
                /**
                 * Format: unix-ms
                 * @description When
                 */
                answered_at: number | null;
                /**
                 * Format: unix-ms
                 * @description Asked
                 */
                asked_at: number;
                /** @description They are reached by a message to their account */
                by_account: boolean;
                /** @description … when they look at their report by its link */
                by_link: boolean;
                /** @description They left a contact */
                by_phone: boolean;
                /** @description Case whose reporter is asked */
                case_id: string;
                /** @description Its number */
                code: string;
                /** @description In words */
                said: string | null;
                /**
                 * @description How they said it
                 * @enum {string|null}
                 */
                way: "account" | "link" | "call" | null;
            }[];
        };
        get_public_directory_view: {
            /** @description Areas directly below; of an organisation: the area it belongs to */
            areas: {
                /** @description Names of the areas above it, from the district down */
                above: string | null;
                /** @description Where to go */
                address: string | null;
                /** @description Its place, WGS 84 */
                at: {
                    lat: number;
                    lon: number;
                } | null;
                /** @description When it is open, in words */
                hours: string | null;
                /** @description Area or organisation */
                id: string;
                /** @description Its kind */
                kind: string;
                /** @description How far it is; 0 where nobody asked */
                metres: number;
                /** @description Name */
                name: string;
                /** @description Somebody in a public post there, when it was they who were found */
                person: string | null;
                /** @description Telephone of the office */
                phone: string | null;
                /** @description Their post, English */
                post_en: string | null;
                /** @description Their post, Chinese */
                post_zh: string | null;
                /**
                 * @description area or org
                 * @enum {string}
                 */
                unit_kind: "area" | "org";
            }[];
            /** @description What an organisation says in the public fields of its kind */
            facts: {
                /** @description What it is, English */
                label_en: string;
                /** @description What it is, Chinese */
                label_zh: string;
                /** @description … English */
                value_en: string;
                /** @description As people read it, Chinese */
                value_zh: string;
            }[];
            /** @description What one can do there */
            note: string | null;
            /** @description Public organisations that belong to it or serve it, or lie below it */
            orgs: {
                /** @description Names of the areas above it, from the district down */
                above: string | null;
                /** @description Where to go */
                address: string | null;
                /** @description Its place, WGS 84 */
                at: {
                    lat: number;
                    lon: number;
                } | null;
                /** @description When it is open, in words */
                hours: string | null;
                /** @description Area or organisation */
                id: string;
                /** @description Its kind */
                kind: string;
                /** @description How far it is; 0 where nobody asked */
                metres: number;
                /** @description Name */
                name: string;
                /** @description Somebody in a public post there, when it was they who were found */
                person: string | null;
                /** @description Telephone of the office */
                phone: string | null;
                /** @description Their post, English */
                post_en: string | null;
                /** @description Their post, Chinese */
                post_zh: string | null;
                /**
                 * @description area or org
                 * @enum {string}
                 */
                unit_kind: "area" | "org";
            }[];
            /** @description People in public posts there */
            people: {
                /** @description Name */
                name: string;
                /** @description Post, English */
                post_name_en: string;
                /** @description Post, Chinese */
                post_name_zh: string;
            }[];
            /** @description The area or organisation */
            unit: {
                /** @description Names of the areas above it, from the district down */
                above: string | null;
                /** @description Where to go */
                address: string | null;
                /** @description Its place, WGS 84 */
                at: {
                    lat: number;
                    lon: number;
                } | null;
                /** @description When it is open, in words */
                hours: string | null;
                /** @description Area or organisation */
                id: string;
                /** @description Its kind */
                kind: string;
                /** @description How far it is; 0 where nobody asked */
                metres: number;
                /** @description Name */
                name: string;
                /** @description Somebody in a public post there, when it was they who were found */
                person: string | null;
                /** @description Telephone of the office */
                phone: string | null;
                /** @description Their post, English */
                post_en: string | null;
                /** @description Their post, Chinese */
                post_zh: string | null;
                /**
                 * @description area or org
                 * @enum {string}
                 */
                unit_kind: "area" | "org";
            };
            /**
             * Format: unix-ms
             * @description When this was last looked after
             */
            updated_at: number | null;
        };
        get_resources_id_view: {
            /** @description Free again after each use */
            again: boolean;
            /** @description Area it serves */
            area_id: string;
            /** @description Its name */
            area_name: string;
            /** @description Place, WGS 84 */
            at: {
                lat: number;
                lon: number;
            } | null;
            /**
             * Format: unix-ms
             * @description Offered from
             */
            begins_at: number | null;
            /** @description Code of its category */
            category: string;
            /** @description Minute of the day until which it is free; 0: midnight */
            closes: number;
            /** @description On what conditions */
            conditions: string | null;
            /**
             * Format: unix-ms
             * @description Entered
             */
            created_at: number;
            /** @description Days of the week, 1 Monday to 7 Sunday, such as 12345; null: any */
            days: string | null;
            /**
             * Format: unix-ms
             * @description Offered until
             */
            ends_at: number | null;
            /** @description What it took on and did not keep */
            failed: number;
            /** @description How much is free: what is left, or of what is free again the whole */
            free: number;
            /** @description What holds it now and later */
            held: {
                /**
                 * Format: unix-ms
                 * @description From
                 */
                begins_at: number;
                /**
                 * Format: unix-ms
                 * @description Until, exclusive
                 */
                ends_at: number;
                /** @description For this need */
                need_id: string;
                /** @description How much of the need */
                quantity: number;
                /** @description The need, in a line */
                title: string;
            }[];
            /** @description What is held back of it for agreements */
            holds: {
                /** @description Held-back part, to draw on when a need is taken on */
                id: string;
                /** @description Of it not yet taken up */
                left: number;
                /** @description How much is held back */
                quantity: number;
                /** @description For what */
                title: string;
            }[];
            /** @description Resource */
            id: string;
            /** @description What the organisation took on and kept */
            kept: number;
            /** @description The caller may change it and take on needs with it */
            may_manage: boolean;
            /** @description Minute of the day from which it is free */
            opens: number;
            /** @description Whose */
            org_id: string;
            /** @description Its name */
            org_name: string;
            /** @description Shown to residents */
            public: boolean;
            /** @description How much */
            quantity: number;
            /**
             * @description Where it stands
             * @enum {string}
             */
            state: "offered" | "paused" | "used_up" | "withdrawn";
            /** @description What it is */
            text: string | null;
            /** @description In a line */
            title: string;
            /** @description Of what, in words */
            unit: string | null;
            /** @description Grows with each change */
            version: number;
        };
        get_roles_view: {
            /** @description system, security or audit: which administrator it makes; nobody holds two of them */
            apart: string | null;
            /** @description Shipped with the program; cannot be changed */
            built_in: boolean;
            /** @description Stable name */
            code: string;
            /** @description Role */
            id: string;
            /** @description English name */
            name_en: string;
            /** @description Chinese name */
            name_zh: string;
            /** @description What it permits */
            permissions: string[];
            /** @description Grows with each change; send it as If-Match */
            version: number;
        };
        get_rules_view: {
            /** @description Area and everything below it; null: everywhere */
            area: {
                /** @description Id */
                id: string;
                /** @description Name */
                name: string | null;
            } | null;
            /** @description Dispatches without a dispatcher, except close to a border */
            automatic: boolean;
            /** @description Category and everything below it; null: everything */
            category: {
                /** @description Id */
                id: string;
                /** @description English name */
                name_en: string | null;
                /** @description Chinese name */
                name_zh: string | null;
            } | null;
            /** @description No longer in force */
            closed: boolean;
            /** @description Id */
            id: string;
            /** @description Note */
            note: string | null;
            /** @description Short number shown with the reason */
            number: number;
            /** @description Who gets it */
            org: {
                /** @description Id */
                id: string;
                /** @description Name */
                name: string | null;
            } | null;
            /** @description Version, for If-Match */
            version: number;
            /** @description The reason it gives, in English */
            why_en: string | null;
            /** @description The reason it gives, in Chinese */
            why_zh: string | null;
        };
        get_saved_view: {
            /** @description Id */
            id: string;
            /**
             * @description View of the cases, or text of a reply
             * @enum {string}
             */
            kind: "case_view" | "reply";
            /** @description Who made it */
            made_by: string | null;
            /** @description The caller may change and delete it */
            may_change: boolean;
            /** @description Kept for the caller alone */
            mine: boolean;
            /** @description What it is called */
            name: string;
            /** @description case_view: the page's address, each name with a text or a list of texts */
            query: unknown;
            /** @description reply: its text with placeholders */
            text: string | null;
            /** @description Which; whoever works there or below sees it */
            unit_id: string | null;
            /**
             * @description Shared with an area or an organisation; null: one's own
             * @enum {string|null}
             */
            unit_kind: "area" | "org" | null;
            /** @description Its name */
            unit_name: string | null;
            /**
             * Format: unix-ms
             * @description Last change
             */
            updated_at: number;
            /** @description Version, for If-Match */
            version: number;
        };
        get_seals_view: {
            /**
             * Format: unix-ms
             * @description Since when
             */
            created_at: number;
            /** @description Id */
            id: string;
            /** @description Whose */
            org_id: string;
            /** @description Its name */
            org_name: string;
            /** @description Picture: GET /files/{id} */
            photo_id: string;
        };
        get_service_attributes_view: {
            /** @description What is asked, in order */
            attributes: {
                /** @description Of the two list types */
                choices: {
                    /** @description Shown in English */
                    en: string;
                    /** @description What is sent */
                    key: string;
                    /** @description Shown in Chinese */
                    zh: string;
                }[];
                /** @description Its name in forms: letters, digits, - and _ */
                code: string;
                /**
                 * @description What is answered
                 * @enum {string}
                 */
                datatype: "string" | "number" | "datetime" | "text" | "singlevaluelist" | "multivaluelist";
                /** @description Help in English */
                hint_en: string | null;
                /** @description Help in Chinese */
                hint_zh: string | null;
                /** @description Question in English */
                label_en: string;
                /** @description Question in Chinese */
                label_zh: string;
                /** @description Only says something, takes no answer */
                only_says: boolean;
                /** @description Order in the form */
                position: number;
                /** @description Must be answered */
                required: boolean;
            }[];
            /** @description Category */
            category: string;
        };
        get_session_view: {
            /** @description Signed in with a one-time password: set a new one before anything else */
            must_change_password: boolean;
            /** @description What may be done somewhere; the server decides for each place */
            permissions: string[];
            /** @description The district */
            tenant: {
                /** @description True when everything in it is invented */
                demo: boolean;
                /** @description Name of the district */
                name: string;
                /** @description IANA zone in which dates are read and written */
                time_zone: string;
            };
            /** @description Where which roles are held now */
            units: {
                /** @description Unit */
                id: string;
                /**
                 * @description area or org
                 * @enum {string}
                 */
                kind: "area" | "org";
                /** @description Its name */
                name: string | null;
                /** @description Codes of the roles held there now */
                roles: string[];
            }[];
            /** @description Who is signed in */
            user: {
                /** @description Account */
                id: string;
                /** @description zh-CN or en when chosen */
                locale: string | null;
                /** @description Name of the person */
                name: string;
                /** @description Person whose account it is */
                person_id: string;
                /** @description What the pages remember: theme, elder mode */
                preferences: unknown;
                /** @description Name typed at sign-in */
                sign_in_name: string;
            };
        };
        get_track_code_view: {
            /** @description Place in words */
            address: string | null;
            /**
             * Format: unix-ms
             * @description Until when a rejection can be appealed against
             */
            appeal_until: number | null;
            /** @description Area */
            area_name: string | null;
            /** @description What the reporter may do now */
            can: {
                /** @description The rejection can be appealed against */
                appeal: boolean;
                /** @description It can be rated */
                rate: boolean;
                /** @description It can be reopened */
                reopen: boolean;
                /** @description A question waits for an answer */
                reply: boolean;
                /** @description It can be withdrawn */
                withdraw: boolean;
            } | null;
            /** @description Category */
            category: {
                /** @description Id */
                id: string;
                /** @description English name */
                name_en: string | null;
                /** @description Chinese name */
                name_zh: string | null;
            } | null;
            /**
             * Format: unix-ms
             * @description When it was closed or rejected
             */
            closed_at: number | null;
            /** @description Number people say */
            code: string;
            /**
             * Format: unix-ms
             * @description When the present step is due
             */
            due_at: number | null;
            /** @description The story as far as it concerns the reporter; no names of staff */
            events: {
                /**
                 * @description What was done
                 * @enum {string|null}
                 */
                action: "report" | "ask" | "reply" | "accept" | "reject" | "dispatch" | "redispatch" | "handle_self" | "sign" | "return" | "handled" | "pass" | "fail" | "rate" | "reopen" | "withdraw" | "comment" | "route" | "release" | "on_the_spot" | "import_closed" | "contact" | "whistle" | "task_receive" | "task_answer" | "task_return" | "task_overrule" | "extend" | "grant_extension" | "suspend" | "grant_suspension" | "refuse" | "resume" | "review" | "merge" | "unmerge" | "absorb" | "part" | "call_back" | "appeal" | "appeal_score" | "uphold_appeal" | "refuse_appeal" | "escalate" | "delegate" | "supervise" | "supervise_answer" | "lift" | "hand" | "timeout" | "succeed" | "task_succeed" | "project" | null;
                /** @description Who; null for the reporter and for the program */
                actor: string | null;
                /**
                 * Format: unix-ms
                 * @description When
                 */
                at: number | null;
                /** @description The reporter did it */
                by_reporter: boolean;
                /** @description A routing rule did it */
                by_rule: boolean;
                /** @description More: outcome, rule, before and after */
                data: unknown;
                /**
                 * @description State before
                 * @enum {string|null}
                 */
                from_state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged" | null;
                /** @description For staff only */
                internal: boolean;
                /** @description Organisation it went to, or that had it */
                org_id: string | null;
                /** @description Its name */
                org_name: string | null;
                /** @description Photos of this step */
                photos: string[];
                /** @description 1, 2, 3 … */
                seq: number;
                /** @description What was said */
                text: string | null;
                /**
                 * @description State after
                 * @enum {string|null}
                 */
                to_state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged" | null;
            }[];
            /** @description The case into which this one was merged: where it goes on */
            merged_into: {
                /** @description The case */
                about: {
                    /** @description Approximate place: the grid or community */
                    area_name: string | null;
                    /** @description Category */
                    category: {
                        /** @description Id */
                        id: string;
                        /** @description English name */
                        name_en: string | null;
                        /** @description Chinese name */
                        name_zh: string | null;
                    } | null;
                    /**
                     * Format: unix-ms
                     * @description When it was closed, rejected or merged
                     */
                    closed_at: number | null;
                    /** @description Number people say */
                    code: string;
                    /** @description Case; null for whoever may not read it */
                    id: string | null;
                    /**
                     * @description Outcome of a closed case
                     * @enum {string|null}
                     */
                    outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                    /** @description Text and photos are public */
                    released: boolean;
                    /**
                     * Format: unix-ms
                     * @description When it was reported
                     */
                    reported_at: number;
                    /**
                     * @description State
                     * @enum {string}
                     */
                    state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
                    /** @description First words: when released, or for staff */
                    title: string | null;
                };
                /** @description Its seven steps with their dates */
                steps: {
                    /**
                     * Format: unix-ms
                     * @description When it was done
                     */
                    at: number | null;
                    /** @description By whom */
                    by: string | null;
                    /**
                     * Format: unix-ms
                     * @description When it is due
                     */
                    due_at: number | null;
                    /**
                     * @description Done, under way, or to do
                     * @enum {string|null}
                     */
                    state: "done" | "now" | "ahead" | null;
                    /**
                     * @description Step of the loop
                     * @enum {string|null}
                     */
                    step: "report" | "accept" | "dispatch" | "handle" | "verify" | "close" | "rate" | null;
                }[];
            } | null;
            /**
             * @description Outcome of a closed case
             * @enum {string|null}
             */
            outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
            /** @description Photos */
            photos: {
                /** @description File */
                id: string;
                /** @description Step it belongs to */
                seq: number;
                /**
                 * @description What it shows
                 * @enum {string|null}
                 */
                stage: "report" | "before" | "after" | "other" | null;
            }[];
            /** @description The rating */
            rating: {
                /**
                 * @description The reporter's own rating, which goes before what was told in a call-back
                 * @enum {string|null}
                 */
                by: "reporter" | "call_back" | null;
                /**
                 * @description Contacted within the limit; null: not said
                 * @enum {string|null}
                 */
                contacted: "yes" | "no" | null;
                /**
                 * @description Whether the problem is solved, says the reporter
                 * @enum {string|null}
                 */
                solved: "yes" | "partly" | "no" | null;
                /** @description How it was handled, 1 to 5; 0: not said */
                stars: number;
                /** @description In words */
                word: string | null;
            } | null;
            /**
             * Format: unix-ms
             * @description Until when it can be reopened
             */
            reopen_until: number | null;
            /**
             * Format: unix-ms
             * @description When it was reported
             */
            reported_at: number;
            /**
             * @description State
             * @enum {string}
             */
            state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
            /** @description The seven steps */
            steps: {
                /**
                 * Format: unix-ms
                 * @description When it was done
                 */
                at: number | null;
                /** @description By whom */
                by: string | null;
                /**
                 * Format: unix-ms
                 * @description When it is due
                 */
                due_at: number | null;
                /**
                 * @description Done, under way, or to do
                 * @enum {string|null}
                 */
                state: "done" | "now" | "ahead" | null;
                /**
                 * @description Step of the loop
                 * @enum {string|null}
                 */
                step: "report" | "accept" | "dispatch" | "handle" | "verify" | "close" | "rate" | null;
            }[];
            /** @description The reporter's own words */
            text: string | null;
            /** @description First words */
            title: string | null;
            /** @description Version, for If-Match */
            version: number;
        };
        get_webhooks_view: {
            /** @description In this area and below it */
            area: string | null;
            /** @description Of this category or one below it */
            category: string | null;
            /**
             * Format: unix-ms
             * @description When ended
             */
            closed_at: number | null;
            /**
             * Format: unix-ms
             * @description When made
             */
            created_at: number;
            /** @description Robots speak English */
            english: boolean;
            /** @description Actions that are told; empty: all */
            events: string[];
            /**
             * @description json: signed; or a robot's
             * @enum {string}
             */
            format: "json" | "wecom" | "dingtalk" | "feishu";
            /** @description Id */
            id: string;
            /** @description What it is for */
            name: string;
            /** @description With this organisation or one below it */
            org: string | null;
            /** @description Where it goes, without what is secret of it */
            target_shown: string;
            /** @description First words of the case are told too */
            titles: boolean;
            /** @description Version, for If-Match */
            version: number;
        };
        post_alliances_id_close_view: {
            /**
             * Format: unix-ms
             * @description When; empty: now
             */
            at?: number | null;
            /** @description Why */
            reason: string;
        };
        post_api_keys_view: {
            /** @description Whom to ask about it */
            contact?: string | null;
            /**
             * Format: unix-ms
             * @description When it ends; null: never
             */
            expires_at?: number | null;
            /** @description System that will hold it */
            name: string;
            /** @description Reports it may make in an hour; 100 when not said */
            per_hour?: number | null;
            /**
             * @description What it may say of cases: null nothing, remarks, or also that they were handled
             * @enum {string|null}
             */
            updates?: "remarks" | "handled" | null;
        };
        post_areas_shape_check_view: {
            /** @description wgs84 (default), cgcs2000, gcj02 or bd09 */
            crs?: string | null;
            /** @description GeoJSON Polygon or MultiPolygon */
            geometry: unknown;
            /** @description Store the repaired shape when it is not valid */
            repair?: boolean | null;
        };
        post_cases_id_grant_extension_view: {
            /** @description A word with the approval; the reporter may read it */
            text?: string | null;
        };
        post_cases_id_project_answer_view: {
            /**
             * @description Is it as it should be?
             * @enum {string}
             */
            answer: "yes" | "no";
            /** @description In words */
            said?: string | null;
        };
        post_cases_id_rate_view: {
            /**
             * @description Did whoever handled it contact you in time?
             * @enum {string|null}
             */
            contacted?: "yes" | "no" | null;
            /**
             * @description Is the problem solved?
             * @enum {string}
             */
            solved: "yes" | "partly" | "no";
            /** @description How was it handled, 1 to 5 */
            stars?: number | null;
            /** @description In words */
            word?: string | null;
        };
        post_cases_id_reply_view: {
            /** @description Claims of uploads made without an account */
            photo_claims?: string[];
            /** @description Uploaded before, by POST /files */
            photos?: string[];
            /** @description Answer */
            text: string;
        };
        post_hook_sources_view: {
            /** @description Of reports that the mapping gives none */
            category?: string | null;
            /** @description Which member of its JSON is what: a mapping as of an import, with paths such as device.id for columns */
            mapping: unknown;
            /** @description Which system */
            name: string;
            /** @description Reports it may make in an hour; 600 when not said */
            per_hour?: number | null;
        };
        post_orgs_id_contacts_contact_phone_view: {
            /** @description Telephone in full */
            contact: string | null;
        };
        post_orgs_id_move_view: {
            /** @description What goes over (merging), or comes along (moving) */
            carried: {
                /** @description How many */
                count: number;
                /** @description It cannot be closed while there are any */
                holds: boolean;
                /**
                 * @description children: organisations below; posts: appointments; cases, calls: open ones; rules that send to it; leads: alliances it leads; catch_all: what lies outside every area goes to it; seats in alliances; services: areas it serves or will; contacts; needs, claims: open ones; offers: resources on the list; projects: open ones that it runs or owes money to; agreements it is a party of that have not ended
                 * @enum {string}
                 */
                what: "children" | "posts" | "cases" | "calls" | "rules" | "leads" | "catch_all" | "seats" | "services" | "contacts" | "needs" | "claims" | "offers" | "projects" | "agreements";
            }[];
            /** @description It was done; else this is what would be */
            done: boolean;
            /** @description Organisations that get another place, those below it counted too */
            orgs: number;
            /** @description What changes for whom; at most 500 */
            people: {
                /**
                 * @description gains a right they do not hold there now (then it is refused), loses one; sees or sees_no_longer the work that goes over
                 * @enum {string}
                 */
                change: "gains" | "loses" | "sees" | "sees_no_longer";
                /** @description Their name; null without person.read there */
                name: string | null;
                /** @description The first of these */
                org_name: string | null;
                /** @description At how many organisations */
                orgs: number;
                /** @description Which rights */
                permissions: string[];
                /** @description Who */
                person_id: string;
            }[];
            /** @description Version of the organisation, for If-Match */
            version: number;
            /** @description Somebody would gain a right: then it cannot be done */
            widens: boolean;
        };
        post_people_id_account_view: {
            /** @description Account */
            id: string;
            /** @description Shown this once; null when you gave one yourself */
            one_time_password: string | null;
            /**
             * Format: unix-ms
             * @description It must be used, and changed, before
             */
            until: number;
        };
        post_project_milestones_id_done_view: {
            /** @description Photographs, uploaded before by POST /files */
            photos?: string[];
            /** @description Residents may read it and see the photographs */
            public?: boolean | null;
            /** @description In words; no names of reporters */
            text: string;
        };
        post_projects_id_spending_view: {
            /** @description Fen */
            amount: number;
            /** @description Photographs, uploaded before by POST /files */
            photos?: string[];
            /** @description Residents may read it and see the photographs */
            public?: boolean | null;
            /** @description In words; no names of reporters */
            text: string;
        };
        post_rules_view: {
            /** @description Area and everything below it; null: everywhere */
            area?: string | null;
            /** @description Dispatch without a dispatcher */
            automatic?: boolean | null;
            /** @description Category and everything below it; null: everything */
            category?: string | null;
            /** @description Note */
            note?: string | null;
            /** @description Who gets it */
            org: string;
        };
        /** @description RFC 9457 */
        Problem: {
            /** @description Stable name of the error */
            code: string;
            detail?: string;
            errors: {
                code: string;
                field: string;
                message: string;
            }[];
            /** @description Request id */
            instance: string;
            status: number;
            title: string;
            type: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    patch_account: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Language of answers; null: as the browser says
                     * @enum {string|null}
                     */
                    locale?: "zh-CN" | "en" | null;
                    /** @description A JSON object the pages keep: theme, elder mode; at most 4,000 bytes */
                    preferences?: unknown;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_account_password: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description New one: at least 10 characters, none of the common ones */
                    new: string;
                    /** @description Present password */
                    old: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_accounts_id_close: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_accounts_id_lock: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_accounts_id_password: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post_people_id_account_view"];
                };
            };
        };
    };
    post_accounts_id_unlock: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_agreements: {
        parameters: {
            query?: {
                /** @description The page before's next */
                after?: string;
                /** @description Only those made within this alliance */
                alliance?: string;
                /** @description At most so many (50) */
                limit?: number;
                /** @description Only those this organisation is a party of */
                org?: string;
                /** @description Only in this state */
                state?: "draft" | "offered" | "in_force" | "ended" | "withdrawn";
                /** @description Part of the line, or the number */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Alliance within which it is made */
                            alliance_id: string | null;
                            /** @description Its name */
                            alliance_name: string | null;
                            /**
                             * Format: unix-ms
                             * @description Term from
                             */
                            begins_at: number;
                            /**
                             * Format: unix-ms
                             * @description Drafted
                             */
                            created_at: number;
                            /**
                             * Format: unix-ms
                             * @description Ended or withdrawn
                             */
                            ended_at: number | null;
                            /**
                             * Format: unix-ms
                             * @description Until, exclusive
                             */
                            ends_at: number;
                            /** @description Agreement */
                            id: string;
                            /** @description Who keeps it */
                            keeper_id: string;
                            /** @description Its name */
                            keeper_name: string;
                            /** @description Code of the setting agreement.kinds */
                            kind: string;
                            /** @description Of these late */
                            late: number;
                            /** @description Number; null: not signed by all */
                            no: string | null;
                            /** @description Names of the parties */
                            parties: string[];
                            /** @description How many pledges */
                            pledges: number;
                            /** @description A review is due and was not made */
                            review_due: boolean;
                            /**
                             * Format: unix-ms
                             * @description Signed by all
                             */
                            signed_at: number | null;
                            /** @description How many of them have signed */
                            signed_count: number;
                            /**
                             * @description Where it stands
                             * @enum {string}
                             */
                            state: "draft" | "offered" | "in_force" | "ended" | "withdrawn";
                            /** @description In a line */
                            title: string;
                            /** @description Grows with each change */
                            version: number;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_agreements: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Alliance within which it is made; all parties are in it */
                    alliance_id?: string | null;
                    /**
                     * Format: unix-ms
                     * @description Term from
                     */
                    begins_at: number;
                    /**
                     * Format: unix-ms
                     * @description Until, exclusive
                     */
                    ends_at: number;
                    /** @description Who keeps it: a party */
                    keeper_id: string;
                    /** @description Code of the setting agreement.kinds */
                    kind: string;
                    /** @description The parties, in order; the keeper among them */
                    parties: string[];
                    /** @description What is promised */
                    pledges?: {
                        /** @description Work of this category counts; the resource's own when one is named */
                        category?: string | null;
                        /**
                         * Format: unix-ms
                         * @description Once: by when; the end of the term when not given
                         */
                        due_at?: number | null;
                        /** @description Who promises: a party */
                        org_id: string;
                        /** @description How much, once or each time */
                        quantity: number;
                        /** @description Only work with this resource counts; what is used up is held back */
                        resource_id?: string | null;
                        /**
                         * @description How often; once when not given
                         * @enum {string|null}
                         */
                        rhythm?: "once" | "monthly" | "quarterly" | "half_yearly" | "yearly" | null;
                        /** @description What, in a line */
                        title: string;
                        /** @description Of what, in words */
                        unit?: string | null;
                    }[];
                    /** @description Months between reviews, such as 6 or 12; 0: none */
                    review_months?: number | null;
                    /** @description Its words: {parties} {first} {from} {to} {alliance}; ** around what is bold */
                    text: string;
                    /** @description In a line */
                    title: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_agreements_id_view"];
                };
            };
        };
    };
    get_agreements_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_agreements_id_view"];
                };
            };
        };
    };
    patch_agreements_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Alliance within which it is made; all parties are in it */
                    alliance_id?: string | null;
                    /**
                     * Format: unix-ms
                     * @description Term from
                     */
                    begins_at?: number | null;
                    /**
                     * Format: unix-ms
                     * @description Until, exclusive
                     */
                    ends_at?: number | null;
                    /** @description Code of the setting agreement.kinds */
                    kind?: string | null;
                    /** @description The parties, in order; the keeper among them */
                    parties?: string[];
                    /** @description What is promised */
                    pledges?: {
                        /** @description Work of this category counts; the resource's own when one is named */
                        category?: string | null;
                        /**
                         * Format: unix-ms
                         * @description Once: by when; the end of the term when not given
                         */
                        due_at?: number | null;
                        /** @description Who promises: a party */
                        org_id: string;
                        /** @description How much, once or each time */
                        quantity: number;
                        /** @description Only work with this resource counts; what is used up is held back */
                        resource_id?: string | null;
                        /**
                         * @description How often; once when not given
                         * @enum {string|null}
                         */
                        rhythm?: "once" | "monthly" | "quarterly" | "half_yearly" | "yearly" | null;
                        /** @description What, in a line */
                        title: string;
                        /** @description Of what, in words */
                        unit?: string | null;
                    }[];
                    /** @description Months between reviews, such as 6 or 12; 0: none */
                    review_months?: number | null;
                    /** @description Its words: {parties} {first} {from} {to} {alliance}; ** around what is bold */
                    text?: string | null;
                    /** @description In a line */
                    title?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_agreements_id_view"];
                };
            };
        };
    };
    post_agreements_id_comments: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What */
                    text: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_agreements_id_view"];
                };
            };
        };
    };
    post_agreements_id_end: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_agreements_id_view"];
                };
            };
        };
    };
    post_agreements_id_offer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_agreements_id_view"];
                };
            };
        };
    };
    get_agreements_id_pdf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
        };
    };
    post_agreements_id_renew: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_agreements_id_view"];
                };
            };
        };
    };
    post_agreements_id_reviews: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: unix-ms
                     * @description What it looks at, from; the beginning of the term when not given
                     */
                    begins_at?: number | null;
                    /**
                     * Format: unix-ms
                     * @description Until; now when not given
                     */
                    ends_at?: number | null;
                    /** @description What the parties say of it */
                    text: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_agreements_id_view"];
                };
            };
        };
    };
    post_agreements_id_scan: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Which party signed on paper */
                    org_id: string;
                    /** @description Photograph of the signed paper, uploaded before by POST /files */
                    photo: string[];
                    /** @description Who signed */
                    signer: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_agreements_id_view"];
                };
            };
        };
    };
    post_agreements_id_sign: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description For which party */
                    org_id: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_agreements_id_view"];
                };
            };
        };
    };
    post_agreements_id_take_back: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_agreements_id_view"];
                };
            };
        };
    };
    post_agreements_id_withdraw: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_agreements_id_view"];
                };
            };
        };
    };
    get_agreements_kinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Code */
                            code: string;
                            /** @description English name */
                            en: string;
                            /** @description Chinese name */
                            zh: string;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_agreements_templates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Code */
                            code: string;
                            /** @description English name */
                            en: string;
                            /** @description For this kind */
                            kind: string;
                            /** @description Words with {names} in braces */
                            text: string;
                            /** @description Chinese name */
                            zh: string;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_alliances: {
        parameters: {
            query?: {
                /** @description Only those for this area or one below it */
                area?: string;
                /** @description Those that have ended as well */
                ended?: boolean;
                /** @description Only of this kind */
                kind?: string;
                /** @description Only of this level */
                level?: "district" | "street" | "community";
                /** @description Only those this organisation is in now */
                org?: string;
                /** @description Part of the name or the brand */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Area it is for */
                            area_id: string;
                            /** @description Its name */
                            area_name: string | null;
                            /** @description Brand it works under */
                            brand: string | null;
                            /** @description Id */
                            id: string;
                            /** @description Kind; see setting alliance.kinds */
                            kind: string;
                            /** @description Organisation that leads */
                            lead_id: string | null;
                            /** @description Its name */
                            lead_name: string | null;
                            /**
                             * @description Level, by the depth of its area
                             * @enum {string}
                             */
                            level: "district" | "street" | "community";
                            /** @description Organisations that are in now */
                            members: number;
                            /** @description Name */
                            name: string;
                            /** @description Alliance of a higher level it is linked to */
                            parent_id: string | null;
                            /** @description Shown to residents */
                            public: boolean;
                            /**
                             * Format: unix-ms
                             * @description Founded
                             */
                            valid_from: number;
                            /**
                             * Format: unix-ms
                             * @description Ended; null: at work
                             */
                            valid_to: number | null;
                            /** @description Grows with each change */
                            version: number;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_alliances: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Area it is for; its depth is the level */
                    area_id: string;
                    /** @description Brand it works under */
                    brand?: string | null;
                    /** @description Charter, in force from the foundation on */
                    charter?: string | null;
                    /**
                     * Format: unix-ms
                     * @description Founded; not after its first member joined. Empty: now
                     */
                    from?: number | null;
                    /** @description Kind; see setting alliance.kinds */
                    kind: string;
                    /** @description Organisation that leads; it becomes a member */
                    lead_id: string;
                    /** @description Name */
                    name: string;
                    /** @description Alliance of a larger area it is linked to */
                    parent_id?: string | null;
                    /** @description Shown to residents */
                    public?: boolean | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_alliances_id_view"];
                };
            };
        };
    };
    get_alliances_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_alliances_id_view"];
                };
            };
        };
    };
    patch_alliances_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Area it is for; its depth is the level */
                    area_id?: string | null;
                    /** @description Brand it works under */
                    brand?: string | null;
                    /**
                     * Format: unix-ms
                     * @description Founded; not after its first member joined. Empty: now
                     */
                    from?: number | null;
                    /** @description Kind; see setting alliance.kinds */
                    kind?: string | null;
                    /** @description Name */
                    name?: string | null;
                    /** @description Alliance of a larger area it is linked to */
                    parent_id?: string | null;
                    /** @description Shown to residents */
                    public?: boolean | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_alliances_id_view"];
                };
            };
        };
    };
    post_alliances_id_charters: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: unix-ms
                     * @description In force from, later than every version before; empty: now
                     */
                    from?: number | null;
                    /** @description The whole text of the new version */
                    text: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_alliances_id_view"];
                };
            };
        };
    };
    post_alliances_id_close: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_alliances_id_close_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_alliances_id_view"];
                };
            };
        };
    };
    post_alliances_id_members: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: unix-ms
                     * @description Since; not in the future. Empty: now
                     */
                    joined_at?: number | null;
                    /** @description Organisation */
                    org_id: string;
                    /** @description Role; see setting alliance.roles. Empty: member. lead: whoever led becomes a member */
                    role?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_alliances_id_view"];
                };
            };
        };
    };
    post_alliances_id_members_id_leave: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_alliances_id_close_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_alliances_id_view"];
                };
            };
        };
    };
    post_alliances_id_members_id_role: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: unix-ms
                     * @description From; not in the future. Empty: now
                     */
                    at?: number | null;
                    /** @description With lead: the role of whoever led. Empty: member */
                    former?: string | null;
                    /** @description Role from then on */
                    role: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_alliances_id_view"];
                };
            };
        };
    };
    post_alliances_id_members_import: {
        parameters: {
            query?: {
                /** @description Only show what would happen */
                dry_run?: boolean;
            };
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Rows with a fault; with one, nobody joins */
                        bad: number;
                        /** @description They have joined */
                        done: boolean;
                        /** @description Rows that join */
                        good: number;
                        /** @description The rows as they are understood */
                        rows: {
                            /** @description Why it would be refused; empty: it would be taken */
                            errors: {
                                /** @description Stable name of the fault */
                                code: string;
                                /** @description What it is about */
                                field: string;
                                /** @description In the caller's language */
                                message: string;
                            }[];
                            /**
                             * Format: unix-ms
                             * @description Since
                             */
                            joined_at: number | null;
                            /** @description Organisation as written */
                            name: string | null;
                            /** @description Organisation found */
                            org_id: string | null;
                            /** @description Its name */
                            org_name: string | null;
                            /** @description Role */
                            role: string | null;
                            /** @description Number of the row, 1 below the header */
                            row: number;
                        }[];
                    };
                };
            };
        };
    };
    get_alliances_id_pledges: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Agreements made within it that are in force or have ended */
                        agreements: number;
                        /** @description Each pledge, late ones first */
                        items: {
                            /** @description Its agreement */
                            agreement_id: string;
                            /** @description In a line */
                            agreement_title: string;
                            /** @description Given so far */
                            given: number;
                            /** @description Times kept */
                            kept: number;
                            /** @description Who promised */
                            org_id: string;
                            /** @description Its name */
                            org_name: string;
                            /** @description Of these over */
                            over: number;
                            /** @description Pledge */
                            pledge_id: string;
                            /** @description How much, once or each time */
                            quantity: number;
                            /**
                             * @description How often
                             * @enum {string}
                             */
                            rhythm: "once" | "monthly" | "quarterly" | "half_yearly" | "yearly";
                            /**
                             * @description Where it stands
                             * @enum {string}
                             */
                            state: "open" | "kept" | "late";
                            /** @description Times in the term */
                            times: number;
                            /** @description What */
                            title: string;
                            /** @description Of what */
                            unit: string | null;
                        }[];
                        /** @description Of these kept */
                        kept: number;
                        /** @description Late: a day or a time is over and it was not enough */
                        late: number;
                        /** @description The rest */
                        open: number;
                        /** @description Pledges in them */
                        pledges: number;
                    };
                };
            };
        };
    };
    get_alliances_choices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Kinds of alliances */
                        kinds: {
                            /** @description Stable name */
                            code: string;
                            /** @description English name */
                            en: string;
                            /** @description Chinese name */
                            zh: string;
                        }[];
                        /** @description Roles of members */
                        roles: {
                            /** @description Stable name */
                            code: string;
                            /** @description English name */
                            en: string;
                            /** @description Chinese name */
                            zh: string;
                        }[];
                    };
                };
            };
        };
    };
    get_api_keys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_api_keys_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_api_keys: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_api_keys_view"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whom to ask about it */
                        contact: string | null;
                        /**
                         * Format: unix-ms
                         * @description When made
                         */
                        created_at: number;
                        /**
                         * Format: unix-ms
                         * @description When it ends; null: never
                         */
                        expires_at: number | null;
                        /** @description Id */
                        id: string;
                        /** @description The key itself: shown this once */
                        key: string;
                        /** @description First characters of the key */
                        key_start: string;
                        /** @description System that holds it */
                        name: string;
                        /** @description Reports it may make in an hour */
                        per_hour: number;
                        /**
                         * Format: unix-ms
                         * @description When taken back
                         */
                        revoked_at: number | null;
                        /**
                         * @description What it may say of cases: null nothing, remarks, or also that they were handled
                         * @enum {string|null}
                         */
                        updates: "remarks" | "handled" | null;
                        /**
                         * Format: unix-ms
                         * @description Last report with it
                         */
                        used_at: number | null;
                        /** @description Reports made with it */
                        uses: number;
                        /** @description Version, for If-Match */
                        version: number;
                    };
                };
            };
        };
    };
    put_api_keys_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_api_keys_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_api_keys_view"];
                };
            };
        };
    };
    post_api_keys_id_revoke: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_api_keys_view"];
                };
            };
        };
    };
    get_appointments: {
        parameters: {
            query?: {
                /** @description The page before's next */
                after?: string;
                /** @description At most so many (50) */
                limit?: number;
                /** @description Of this person */
                person?: string;
                /** @description Code of the post */
                post?: string;
                /** @description current, ahead, ended; ending: current ones that end soon, soonest first */
                state?: "current" | "ahead" | "ended" | "ending";
                /** @description At this unit or below it */
                unit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_appointments_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_appointments_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_appointments_view"];
                };
            };
        };
    };
    post_appointments_id_end: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: unix-ms
                     * @description From when it no longer holds, within its term; empty: now
                     */
                    on?: number | null;
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_appointments_view"];
                };
            };
        };
    };
    get_appointments_id_letters: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_appointments_id_letters_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_appointments_id_renew: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: unix-ms
                     * @description Until, exclusive; empty: by the post's usual term, else as long as before
                     */
                    to?: number | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_appointments_view"];
                };
            };
        };
    };
    post_appointments_sheet: {
        parameters: {
            query?: {
                /** @description Say what would happen; change nothing */
                dry_run?: boolean;
            };
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description All were appointed; else nobody was */
                        applied: boolean;
                        /** @description Rows with a fault */
                        bad: number;
                        /** @description Each row as it was understood */
                        items: {
                            /** @description The appointment that was made */
                            appointment_id: string | null;
                            /** @description Why it cannot be taken; empty: it can */
                            faults: {
                                /** @description Stable name of the fault */
                                code: string;
                                /** @description Column, as the sheet heads it */
                                column: string;
                                /** @description In the caller's language */
                                message: string;
                                /** @description Line of the sheet, 1 below the header */
                                row: number;
                            }[];
                            /**
                             * Format: unix-ms
                             * @description From
                             */
                            from: number | null;
                            /** @description Name */
                            name: string | null;
                            /** @description Who that is */
                            person_id: string | null;
                            /** @description Post, in English */
                            post_en: string | null;
                            /** @description Post */
                            post_zh: string | null;
                            /** @description Line of the sheet, 1 below the header */
                            row: number;
                            /**
                             * Format: unix-ms
                             * @description Until, exclusive; null: open
                             */
                            to: number | null;
                            /** @description Where */
                            unit_name: string | null;
                        }[];
                        /** @description Rows */
                        rows: number;
                    };
                };
            };
        };
    };
    get_areas: {
        parameters: {
            query?: {
                /** @description Cursor of the page before */
                after?: string;
                /** @description Only of this class */
                class?: string;
                /** @description Those no longer in use as well */
                closed?: boolean;
                /** @description Only of this kind */
                kind?: string;
                /** @description At most so many; 200 when not given */
                limit?: number;
                /** @description Only what lies directly under this area */
                parent?: string;
                /** @description Part of the name, or beginning of the code */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_areas_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_areas: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Class; see setting unit.area_classes */
                    class?: string | null;
                    /** @description Statistical or grid code */
                    code?: string | null;
                    /** @description wgs84 (default), cgcs2000, gcj02 or bd09 */
                    crs?: string | null;
                    /** @description GeoJSON Polygon or MultiPolygon */
                    geometry?: unknown;
                    /** @description Kind; see setting unit.area_kinds */
                    kind: string;
                    /** @description Name */
                    name: string;
                    /** @description Area above; only a root has none */
                    parent_id?: string | null;
                    /** @description Store the repaired shape when it is not valid */
                    repair?: boolean | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_areas_id_view"];
                };
            };
        };
    };
    get_areas_geojson: {
        parameters: {
            query?: {
                /** @description Only of this kind */
                kind?: string;
                /** @description Only this area and what lies below it */
                under?: string;
                /** @description Web-map level: coordinates are set on its pixels, and what vanishes there is left out */
                zoom?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": string;
                };
            };
        };
    };
    get_areas_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_areas_id_view"];
                };
            };
        };
    };
    patch_areas_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Class; see setting unit.area_classes */
                    class?: string | null;
                    /** @description Statistical or grid code */
                    code?: string | null;
                    /** @description Kind; see setting unit.area_kinds */
                    kind?: string | null;
                    /** @description Name */
                    name?: string | null;
                    /** @description Area above; only a root has none */
                    parent_id?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_areas_id_view"];
                };
            };
        };
    };
    post_areas_id_chain: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Only tell what would be made */
                    dry_run?: boolean | null;
                    /** @description Code of the template (GET /orgs/chains) */
                    template: string;
                    /** @description Organisation under which the uppermost one is put; empty: under none */
                    under?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many are, or would be, new */
                        added: number;
                        /** @description They were made; else this is what would be */
                        done: boolean;
                        /** @description All organisations of the chain, each behind what it lies under */
                        rows: {
                            /** @description Area it is for */
                            area_id: string;
                            /** @description Its name */
                            area_name: string;
                            /** @description Kind of organisation */
                            kind: string;
                            /** @description Level, 0 the uppermost */
                            level: number;
                            /** @description Its name */
                            name: string;
                            /** @description The organisation; null: not made yet */
                            org_id: string | null;
                            /** @description What it lies under */
                            parent_name: string | null;
                            /** @description It is there already */
                            there: boolean;
                        }[];
                    };
                };
            };
        };
    };
    post_areas_id_close: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_areas_id_view"];
                };
            };
        };
    };
    post_areas_id_codes: {
        parameters: {
            query?: {
                /** @description Say what would happen; change nothing */
                dry_run?: boolean;
            };
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Kind of the areas to be numbered */
                    kind: string;
                    /** @description Number all of them anew; else only those without a code of that form */
                    renew?: boolean | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description It was done */
                        applied: boolean;
                        /** @description Areas whose code changes */
                        changed: number;
                        /** @description From west to east, row by row from the north */
                        items: {
                            /** @description Code it has */
                            before: string | null;
                            /** @description Code it gets, or keeps */
                            code: string;
                            /** @description Area */
                            id: string;
                            /** @description Its name */
                            name: string;
                            /** @description It has a polygon, by which its place in the order is known; else it comes last, by name */
                            placed: boolean;
                        }[];
                    };
                };
            };
        };
    };
    get_areas_id_services: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: unix-ms
                             * @description From
                             */
                            from: number;
                            /** @description The other side: the area of an organisation, the organisation of an area */
                            id: string;
                            /** @description Its kind */
                            kind: string;
                            /** @description Its name */
                            name: string;
                            /**
                             * Format: unix-ms
                             * @description Until, exclusive; null: open
                             */
                            to: number | null;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_areas_id_shape: {
        parameters: {
            query?: {
                /** @description A version; else the one in force */
                version?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": string;
                };
            };
        };
    };
    put_areas_id_shape: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_areas_shape_check_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_areas_id_view"];
                };
            };
        };
    };
    get_areas_id_shapes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Version */
                            id: string;
                            /** @description It was made valid when stored */
                            repaired: boolean;
                            /** @description Coordinate system in which it was given */
                            source_crs: string;
                            /**
                             * Format: unix-ms
                             * @description In force since
                             */
                            valid_from: number;
                            /**
                             * Format: unix-ms
                             * @description In force until
                             */
                            valid_to: number | null;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_areas_at: {
        parameters: {
            query: {
                /** @description wgs84 (default), cgcs2000, gcj02 or bd09 */
                crs?: string;
                /** @description Latitude in degrees */
                lat: number;
                /** @description Longitude in degrees */
                lon: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Deepest area that holds the point; null: none does */
                        area: {
                            /** @description Id */
                            id: string;
                            /** @description Kind */
                            kind: string;
                            /** @description Name */
                            name: string;
                        } | null;
                        /** @description Neighbours whose border is near, nearest first */
                        near: {
                            /** @description Id */
                            id: string;
                            /** @description Kind */
                            kind: string;
                            /** @description Metres to its border; 0: the point lies in it as well */
                            metres: number;
                            /** @description Name */
                            name: string;
                        }[];
                        /** @description From the root down to it */
                        path: {
                            /** @description Id */
                            id: string;
                            /** @description Kind */
                            kind: string;
                            /** @description Name */
                            name: string;
                        }[];
                    };
                };
            };
        };
    };
    get_areas_choices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Classes of areas */
                        classes: {
                            /** @description Stable name */
                            code: string;
                            /** @description In English */
                            en: string | null;
                            /** @description In Chinese */
                            zh: string | null;
                        }[];
                        /** @description Kinds of areas */
                        kinds: {
                            /** @description Stable name */
                            code: string;
                            /** @description In English */
                            en: string | null;
                            /** @description Kinds it may lie under */
                            under: string[];
                            /** @description In Chinese */
                            zh: string | null;
                        }[];
                    };
                };
            };
        };
    };
    get_areas_divisions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Province and city */
                            above: string;
                            /** @description Its six digits */
                            code: string;
                            /** @description Communities and villages; 0: the list has none of this place */
                            communities: number;
                            /** @description District or county */
                            name: string;
                            /** @description Streets, towns and townships that the list has of it */
                            streets: number;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_areas_import: {
        parameters: {
            query?: {
                /** @description Property with the code; with it, a second import finds what it changes by code */
                code_property?: string;
                /** @description wgs84 (default), cgcs2000, gcj02 or bd09 */
                crs?: string;
                /** @description Report only, change nothing */
                dry_run?: boolean;
                /** @description Kind of the areas in the file; community when not given */
                kind?: string;
                /** @description Property with the name; else a usual one */
                name_property?: string;
                /** @description Area above them all; else found by polygon */
                parent?: string;
            };
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
        };
    };
    get_areas_next_code: {
        parameters: {
            query: {
                /** @description Kind of the area that needs a code */
                kind: string;
                /** @description Area above */
                parent: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The next code */
                        code: string;
                    };
                };
            };
        };
    };
    get_areas_past: {
        parameters: {
            query?: {
                /** @description The time, not ahead; now when not given */
                at?: number;
                /** @description Only of this kind */
                kind?: string;
                /** @description Only what lies directly below this area today, or did when it was closed */
                under?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": string;
                };
            };
        };
    };
    post_areas_redraw: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Which; none: a new one is drawn */
                    areas?: string[];
                    /** @description As the dry run told: a conflict when the areas have changed since */
                    basis?: string | null;
                    /** @description draw: take away what neighbours of the same kind hold */
                    clip?: boolean | null;
                    /** @description wgs84 (default), cgcs2000, gcj02 or bd09 */
                    crs?: string | null;
                    /** @description Report only, change nothing */
                    dry_run?: boolean | null;
                    /**
                     * Format: unix-ms
                     * @description From a time ahead; else at once
                     */
                    effective?: number | null;
                    /** @description draw: GeoJSON Polygon or MultiPolygon */
                    geometry?: unknown;
                    /** @description split: number of the piece that stays the area, 0 (default) the largest */
                    keeps?: number | null;
                    /** @description draw: kind of a new area */
                    kind?: string | null;
                    /** @description split, border: GeoJSON LineString or MultiLineString from border to border */
                    line?: unknown;
                    /**
                     * @description split one area by a line; merge siblings into the first; border: move the one between two siblings; draw an area, or a new one under parent_id, by hand
                     * @enum {string}
                     */
                    op: "split" | "merge" | "border" | "draw";
                    /** @description draw: where a new area lies */
                    parent_id?: string | null;
                    /** @description Names of the new areas, largest first */
                    pieces?: {
                        /** @description Statistical or grid code */
                        code?: string | null;
                        /** @description Name */
                        name: string;
                    }[];
                    /** @description draw: store the repaired shape when it is not valid */
                    repair?: boolean | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_areas_redraws_id_view"];
                };
            };
        };
    };
    get_areas_redraws: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Areas */
                            asked: string[];
                            /**
                             * Format: unix-ms
                             * @description When it was asked for, of one that waits or waited
                             */
                            created_at: number | null;
                            /**
                             * Format: unix-ms
                             * @description When it was applied, withdrawn or failed
                             */
                            done_at: number | null;
                            /**
                             * Format: unix-ms
                             * @description From when it holds
                             */
                            effective: number | null;
                            /** @description Of one that waits or waited */
                            id: string | null;
                            /** @description Their names */
                            names: string[];
                            /**
                             * @description What is done
                             * @enum {string}
                             */
                            op: "split" | "merge" | "border" | "draw";
                            /** @description Why it failed, or cannot be applied as things are: the code of an error */
                            reason: string | null;
                            /**
                             * @description planned: nothing was changed; waits for its day; applied, withdrawn; failed: the areas had changed
                             * @enum {string}
                             */
                            state: "planned" | "waits" | "applied" | "withdrawn" | "failed";
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_areas_redraws_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_areas_redraws_id_view"];
                };
            };
        };
    };
    post_areas_redraws_id_withdraw: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_areas_redraws_id_view"];
                };
            };
        };
    };
    post_areas_shape_check: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_areas_shape_check_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Where not */
                        at: {
                            lat: number;
                            lon: number;
                        } | null;
                        /** @description The shape in WGS 84, repaired when it had to be */
                        geometry: unknown;
                        /** @description Square metres of it */
                        m2: number;
                        /** @description Why not */
                        reason: string | null;
                        /** @description Can be stored as it is */
                        valid: boolean;
                    };
                };
            };
        };
    };
    post_areas_sheet: {
        parameters: {
            query?: {
                /** @description Tell of areas beside those of the sheet that it does not have */
                compare?: boolean;
                /** @description Of points and borders: wgs84 (default), cgcs2000, gcj02 or bd09 */
                crs?: string;
                /** @description No file: the streets and communities of this district, by its six digits, out of the list of divisions */
                division?: string;
                /** @description Say what would happen; change nothing */
                dry_run?: boolean;
                /** @description Area under which rows lie that do not say where; else the root */
                parent?: string;
                /** @description Only rows whose code begins so: a district out of a list of the whole country */
                within?: string;
            };
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description It was written; else nothing was */
                        applied: boolean;
                        /** @description Rows with a fault */
                        bad: number;
                        /** @description Changed ones */
                        changed: number;
                        /** @description New ones */
                        created: number;
                        /** @description Each row as it was understood */
                        items: {
                            /** @description Code */
                            code: string | null;
                            /** @description Its code until now, when that changes */
                            code_before: string | null;
                            /** @description new, changed, same or bad */
                            fate: string;
                            /** @description Why it cannot be taken; empty: it can */
                            faults: {
                                /** @description Stable name of the fault */
                                code: string;
                                /** @description Column it is about */
                                column: string;
                                /** @description In the caller's language */
                                message: string;
                            }[];
                            /** @description What it is, changes or became */
                            id: string | null;
                            /** @description Kind */
                            kind: string | null;
                            /** @description Name */
                            name: string;
                            /** @description Its name until now, when that changes */
                            name_before: string | null;
                            /** @description Name of what it lies under */
                            parent: string | null;
                            /** @description Its border had to be made valid */
                            repaired: boolean;
                            /** @description Line of the sheet, 1 below the header */
                            row: number;
                            /** @description area or org; null: its kind is not known */
                            unit: string | null;
                        }[];
                        /** @description There already, of the same kind below the same area, and not in the sheet: perhaps withdrawn or renamed */
                        missing: {
                            /** @description Code */
                            code: string | null;
                            /** @description Area */
                            id: string;
                            /** @description Kind */
                            kind: string;
                            /** @description Name */
                            name: string;
                        }[];
                        /** @description Rows */
                        rows: number;
                        /** @description Those that stay as they are */
                        same: number;
                    };
                };
            };
        };
    };
    get_areas_tree: {
        parameters: {
            query?: {
                /** @description Only so many levels from the top; child_count says what lies below */
                levels?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_areas_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    delete_assignments_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_audit: {
        parameters: {
            query?: {
                /** @description Who did it */
                account?: string;
                /** @description Action, or its beginning, such as case. */
                action?: string;
                /** @description The page before's next */
                after?: string;
                /** @description From */
                from?: number;
                /** @description At most so many (100) */
                limit?: number;
                /** @description Object */
                object_id?: string;
                /** @description Kind of object, such as case */
                object_kind?: string;
                /** @description Until, exclusive */
                to?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Who; null: nobody signed in, or the terminal */
                            account_id: string | null;
                            /** @description Their name */
                            account_name: string | null;
                            /** @description What was done */
                            action: string;
                            /**
                             * Format: unix-ms
                             * @description When
                             */
                            at: number;
                            /** @description Before and after, without secrets */
                            detail: unknown;
                            /** @description Link of the chain, in hex */
                            hash: string;
                            /** @description Which */
                            object_id: string | null;
                            /** @description To what kind of object */
                            object_kind: string;
                            /** @description From which address; null: the terminal or a job */
                            remote: string | null;
                            /** @description Request, as in the log */
                            request_id: string | null;
                            /** @description Number in the chain */
                            seq: number;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_audit_export: {
        parameters: {
            query?: {
                /** @description Who did it */
                account?: string;
                /** @description Action, or its beginning, such as case. */
                action?: string;
                /** @description From */
                from?: number;
                /** @description Object */
                object_id?: string;
                /** @description Kind of object, such as case */
                object_kind?: string;
                /** @description Until, exclusive */
                to?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
        };
    };
    get_audit_verify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Number of the first row that does not fit; 0: none */
                        bad: number;
                        /** @description Last number and hash, to be kept elsewhere: SEQ:HASH */
                        head: string;
                        /** @description True when every link fits */
                        ok: boolean;
                        /** @description What does not fit */
                        problem: string | null;
                        /** @description Rows read */
                        rows: number;
                    };
                };
            };
        };
    };
    get_calendar_feed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: unix-ms
                         * @description When made
                         */
                        created_at: number | null;
                        /** @description There is an address */
                        made: boolean;
                        /** @description First characters of what is secret in it */
                        start: string | null;
                        /**
                         * Format: unix-ms
                         * @description Last read, to the hour
                         */
                        used_at: number | null;
                    };
                };
            };
        };
    };
    post_calendar_feed: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: unix-ms
                         * @description When made
                         */
                        created_at: number | null;
                        /** @description There is an address */
                        made: boolean;
                        /** @description First characters of what is secret in it */
                        start: string | null;
                        /** @description The address: shown this once */
                        url: string;
                        /**
                         * Format: unix-ms
                         * @description Last read, to the hour
                         */
                        used_at: number | null;
                    };
                };
            };
        };
    };
    delete_calendar_feed: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_call_backs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description There are more than were counted */
                        capped: boolean;
                        /** @description The longest waiting first; at most 50 */
                        items: {
                            /** @description Area */
                            area_name: string | null;
                            /** @description Category */
                            category: {
                                /** @description Id */
                                id: string;
                                /** @description English name */
                                name_en: string | null;
                                /** @description Chinese name */
                                name_zh: string | null;
                            } | null;
                            /**
                             * Format: unix-ms
                             * @description When it was closed
                             */
                            closed_at: number | null;
                            /** @description Number people say */
                            code: string;
                            /**
                             * Format: unix-ms
                             * @description From when it may be tried
                             */
                            from: number;
                            /** @description Case */
                            id: string;
                            /** @description The caller has it before them: others leave it to them for a quarter of an hour */
                            mine: boolean;
                            /** @description Organisation that had it */
                            org_name: string | null;
                            /**
                             * @description How it ended
                             * @enum {string|null}
                             */
                            outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                            /** @description First words */
                            title: string | null;
                            /** @description Tries so far */
                            tries: number;
                        }[];
                        /** @description After a try in vain the next one waits so many hours */
                        pause_hours: number;
                        /** @description How many wait, counted up to 1,000 */
                        waiting: number;
                    };
                };
            };
        };
    };
    post_call_backs_next: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Cases to pass over for now */
                    skip?: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The case; null: none waits */
                        id: string | null;
                        /**
                         * Format: unix-ms
                         * @description Until when others leave it to the caller
                         */
                        until: number | null;
                    };
                };
            };
        };
    };
    get_case_mappings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Columns a file must have; others are passed over */
                            columns: string[];
                            /** @description Name */
                            name: string;
                            /** @description A header line that fits */
                            sample: string;
                            /** @description English title */
                            title_en: string;
                            /** @description Chinese title */
                            title_zh: string;
                            /** @description Zone in which its times are meant */
                            zone: string;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_cases: {
        parameters: {
            query?: {
                /** @description Cursor of the next page */
                after?: string;
                /** @description How the appeal against the score stands; as staff */
                appeal?: "waiting" | "upheld" | "refused";
                /** @description Area and everything below it */
                area?: string;
                /** @description Box on the map: west,south,east,north */
                bbox?: string;
                /** @description How the call-back stands; of cases the caller reads as staff */
                call_back?: "waiting" | "answered" | "unreachable" | "refused";
                /** @description Category and everything below it */
                category?: string;
                /** @description Overdue; due today; due this week */
                due?: "overdue" | "today" | "week";
                /** @description Area whose level holds it since it was passed up or down */
                held?: string;
                /** @description Rows of a page, 50 when not said */
                limit?: number;
                /** @description Reported by the caller; handled by them; with their organisations or level; handed to them */
                mine?: "reported" | "handled" | "holding" | "handed";
                /** @description Organisation that has it, and everything below it */
                org?: string;
                /** @description new: newest report first (when nothing is said); old; due: first due first, open cases only */
                sort?: "new" | "old" | "due";
                /** @description How it came in */
                source?: "resident" | "account" | "on_behalf" | "grid_worker" | "on_the_spot" | "import" | "open311" | "device";
                /** @description States, comma-separated; open: all that are not closed or rejected */
                state?: string;
                /** @description Only what is under supervision */
                supervised?: boolean;
                /** @description Words of the text, the address or the code */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Cases */
                        items: components["schemas"]["get_cases_view"][];
                        /** @description Cursor of the next page; null: there is none */
                        next: string | null;
                        /**
                         * Format: unix-ms
                         * @description With text: how far back it looked; null: everything was looked at
                         */
                        searched_to: number | null;
                    };
                };
            };
        };
    };
    post_cases: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Where, in words */
                    address?: string | null;
                    /** @description Area, when close to a border or without a point */
                    area?: string | null;
                    /** @description Where, WGS 84; or an address */
                    at?: {
                        lat: number;
                        lon: number;
                    } | null;
                    /** @description Leaf of the category tree; may be left open */
                    category?: string | null;
                    /** @description Telephone or mail; stored encrypted */
                    contact?: string | null;
                    /** @description That the telephone is the reporter's: from POST /phone-codes/{id}/check */
                    contact_proof?: string | null;
                    /** @description Entered by staff for a caller */
                    on_behalf?: boolean | null;
                    /** @description Handled on the spot: needs photos before and after */
                    on_the_spot?: {
                        /** @description Their claims */
                        after_claims?: string[];
                        /** @description Photos of how it is now */
                        after_photos: string[];
                        /** @description What was done */
                        result: string;
                    } | null;
                    /** @description Claims handed out at upload to callers without an account */
                    photo_claims?: string[];
                    /** @description Uploaded before, by POST /files */
                    photos?: string[];
                    /**
                     * Format: unix-ms
                     * @description When it was reported, if earlier than now
                     */
                    reported_at?: number | null;
                    /** @description How to address the reporter */
                    reporter_name?: string | null;
                    /** @description 1 urgent, 2 ordinary, 3 minor; staff only, else the category's */
                    severity?: number | null;
                    /** @description What happened, in the reporter's words */
                    text: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    get_cases_geojson: {
        parameters: {
            query?: {
                /** @description Cursor of the next page */
                after?: string;
                /** @description How the appeal against the score stands; as staff */
                appeal?: "waiting" | "upheld" | "refused";
                /** @description Area and everything below it */
                area?: string;
                /** @description Box on the map: west,south,east,north */
                bbox?: string;
                /** @description How the call-back stands; of cases the caller reads as staff */
                call_back?: "waiting" | "answered" | "unreachable" | "refused";
                /** @description Category and everything below it */
                category?: string;
                /** @description Overdue; due today; due this week */
                due?: "overdue" | "today" | "week";
                /** @description Area whose level holds it since it was passed up or down */
                held?: string;
                /** @description Rows of a page, 50 when not said */
                limit?: number;
                /** @description Reported by the caller; handled by them; with their organisations or level; handed to them */
                mine?: "reported" | "handled" | "holding" | "handed";
                /** @description Organisation that has it, and everything below it */
                org?: string;
                /** @description new: newest report first (when nothing is said); old; due: first due first, open cases only */
                sort?: "new" | "old" | "due";
                /** @description How it came in */
                source?: "resident" | "account" | "on_behalf" | "grid_worker" | "on_the_spot" | "import" | "open311" | "device";
                /** @description States, comma-separated; open: all that are not closed or rejected */
                state?: string;
                /** @description Only what is under supervision */
                supervised?: boolean;
                /** @description Words of the text, the address or the code */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": string;
                };
            };
        };
    };
    get_cases_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_accept: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Corrects or sets the category */
                    category?: string | null;
                    /** @description 1 urgent, 2 ordinary, 3 minor */
                    severity?: number | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    get_cases_id_alike: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description The case */
                            about: {
                                /** @description Approximate place: the grid or community */
                                area_name: string | null;
                                /** @description Category */
                                category: {
                                    /** @description Id */
                                    id: string;
                                    /** @description English name */
                                    name_en: string | null;
                                    /** @description Chinese name */
                                    name_zh: string | null;
                                } | null;
                                /**
                                 * Format: unix-ms
                                 * @description When it was closed, rejected or merged
                                 */
                                closed_at: number | null;
                                /** @description Number people say */
                                code: string;
                                /** @description Case; null for whoever may not read it */
                                id: string | null;
                                /**
                                 * @description Outcome of a closed case
                                 * @enum {string|null}
                                 */
                                outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                                /** @description Text and photos are public */
                                released: boolean;
                                /**
                                 * Format: unix-ms
                                 * @description When it was reported
                                 */
                                reported_at: number;
                                /**
                                 * @description State
                                 * @enum {string}
                                 */
                                state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
                                /** @description First words: when released, or for staff */
                                title: string | null;
                            };
                            /** @description Place in words */
                            address: string | null;
                            /** @description Milliseconds between the reports */
                            apart: number;
                            /** @description Place, WGS 84 */
                            at: {
                                lat: number;
                                lon: number;
                            } | null;
                            /** @description How far apart */
                            metres: number;
                            /** @description Open, so that another can be merged into it */
                            open: boolean;
                            /** @description Its first photos, at most four */
                            photos: string[];
                            /** @description How alike */
                            score: number;
                            /** @description Reporter's words */
                            text: string | null;
                            /** @description Words in common, percent */
                            words: number;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_cases_id_appeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_appeal_score: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description What it is about: beyond powers, the reporter was unreachable, not theirs, the rating, other
                     * @enum {string}
                     */
                    ground: "beyond_powers" | "unreachable" | "not_theirs" | "rating" | "other";
                    /** @description Evidence, uploaded before by POST /files; for staff only */
                    photos?: string[];
                    /** @description Why it should not count */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_ask: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What the reporter is asked */
                    question: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_call_back: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Were they contacted within the limit? Left open: they do not know
                     * @enum {string|null}
                     */
                    contacted?: "yes" | "no" | null;
                    /**
                     * @description Answered; not reached: tried again later; refused: does not want to answer
                     * @enum {string}
                     */
                    reached: "answered" | "not_reached" | "refused";
                    /**
                     * @description Is the problem solved? Needed when they answered
                     * @enum {string|null}
                     */
                    solved?: "yes" | "partly" | "no" | null;
                    /** @description How satisfied they are, 1 to 5 */
                    stars?: number | null;
                    /** @description What they said, or a note for the next try */
                    word?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_comment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description For staff only */
                    internal?: boolean | null;
                    /** @description Claims of uploads made without an account */
                    photo_claims?: string[];
                    /** @description Uploaded before, by POST /files */
                    photos?: string[];
                    /** @description Comment */
                    text: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_contact: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why the contact is needed; kept in the audit record */
                    why: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Telephone or mail in full */
                        contact: string | null;
                        /** @description Name as given */
                        name: string | null;
                    };
                };
            };
        };
    };
    post_cases_id_delegate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Area below, on the case's own chain */
                    area: string;
                    /** @description Why it belongs there */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_dispatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Organisation */
                    org: string;
                    /** @description Why this one */
                    reason?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_escalate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why it is beyond this level */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_extend: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Working days more; at most setting case.extension_days_most */
                    days: number;
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_fail: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_grant_extension: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_cases_id_grant_extension_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_grant_suspension: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_cases_id_grant_extension_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_hand: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Person of the organisation that has it */
                    person: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_handle_self: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_handled: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Claims of uploads made without an account */
                    photo_claims?: string[];
                    /** @description Uploaded before, by POST /files */
                    photos?: string[];
                    /** @description What was done */
                    result: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_lift: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A word with it */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_merge: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The case that goes on; open, and not merged itself */
                    into: string;
                    /** @description Why they are one matter */
                    reason?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_pass: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description How it ended; not withdrawn
                     * @enum {string}
                     */
                    outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate";
                    /** @description What was found */
                    text?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    get_cases_id_people: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Person */
                            id: string;
                            /** @description Name */
                            name: string | null;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_cases_id_project_answer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_cases_id_project_answer_view"];
            };
        };
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_cases_id_projects_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_cases_id_projects: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_cases_id_projects_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_cases_id_rate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_cases_id_rate_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_redispatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Organisation */
                    org: string;
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_refuse: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_refuse_appeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_reject: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_release: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Public or not */
                    released: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_reopen: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_reply: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_cases_id_reply_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_resume: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_return: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_review: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What was found, and why it goes on waiting */
                    reason: string;
                    /**
                     * Format: unix-ms
                     * @description Day on which it is looked at again, any time of it; within setting case.suspend_days_most
                     */
                    review_at: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_route: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Right place in words */
                    address?: string | null;
                    /** @description Area chosen close to a border */
                    area?: string | null;
                    /** @description Right place */
                    at?: {
                        lat: number;
                        lon: number;
                    } | null;
                    /** @description Right category */
                    category?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_sign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_supervise: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: unix-ms
                     * @description Day on which it is expected, any time of it; within a year
                     */
                    due_at: number;
                    /** @description Why it is supervised */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_supervise_answer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What was done, and what comes next */
                    done: string;
                    /**
                     * Format: unix-ms
                     * @description By when it will be done
                     */
                    done_by: number;
                    /** @description Why it took so long */
                    why_late: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_suspend: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What it waits for */
                    reason: string;
                    /**
                     * Format: unix-ms
                     * @description Day on which it is looked at again, any time of it; within setting case.suspend_days_most
                     */
                    review_at: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_tasks_task_answer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What was done */
                    done: string;
                    /**
                     * Format: unix-ms
                     * @description By when it is or will be done
                     */
                    done_by: number;
                    /**
                     * Format: unix-ms
                     * @description When it was received, if before it was signed for here
                     */
                    received_at?: number | null;
                    /** @description Whom they spoke to */
                    spoke_to: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_tasks_task_overrule: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_tasks_task_receive: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_tasks_task_return: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
                task: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_unmerge: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why they are not */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_uphold_appeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A word with it */
                    reason?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_whistle: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What they are called for */
                    ask: string;
                    /**
                     * Format: unix-ms
                     * @description When the answers are due; else by the severity's setting
                     */
                    due_at?: number | null;
                    /** @description Organisations called */
                    orgs: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_id_withdraw: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_cases_id_view"];
                };
            };
        };
    };
    post_cases_alike: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Where, in words */
                    address?: string | null;
                    /** @description Where, WGS 84 */
                    at: {
                        lat: number;
                        lon: number;
                    };
                    /** @description Category, when chosen */
                    category?: string | null;
                    /** @description What happened, as far as it is written */
                    text?: string | null;
                };
            };
        };
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description The case, as everybody may know it; with title and id for whoever reads it */
                            about: {
                                /** @description Approximate place: the grid or community */
                                area_name: string | null;
                                /** @description Category */
                                category: {
                                    /** @description Id */
                                    id: string;
                                    /** @description English name */
                                    name_en: string | null;
                                    /** @description Chinese name */
                                    name_zh: string | null;
                                } | null;
                                /**
                                 * Format: unix-ms
                                 * @description When it was closed, rejected or merged
                                 */
                                closed_at: number | null;
                                /** @description Number people say */
                                code: string;
                                /** @description Case; null for whoever may not read it */
                                id: string | null;
                                /**
                                 * @description Outcome of a closed case
                                 * @enum {string|null}
                                 */
                                outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                                /** @description Text and photos are public */
                                released: boolean;
                                /**
                                 * Format: unix-ms
                                 * @description When it was reported
                                 */
                                reported_at: number;
                                /**
                                 * @description State
                                 * @enum {string}
                                 */
                                state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
                                /** @description First words: when released, or for staff */
                                title: string | null;
                            };
                            /** @description How far; to the cell of the public map for whoever does not read the case */
                            metres: number;
                            /** @description How alike, in tens; all shown are likely enough */
                            score: number;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_cases_by_contact: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The whole telephone or mail address */
                    contact: string;
                    /** @description Why it is looked for; kept in the audit record */
                    why: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Newest first, at most 200 */
                        items: {
                            /**
                             * Format: unix-ms
                             * @description When it was reported
                             */
                            at: number;
                            /** @description Number people say */
                            code: string;
                            /** @description Id */
                            id: string;
                            /** @description Area */
                            note: string | null;
                            /** @description State */
                            state: string;
                            /** @description First words */
                            title: string;
                        }[];
                        /** @description There are further ones */
                        more: boolean;
                    };
                };
            };
        };
    };
    get_cases_count: {
        parameters: {
            query?: {
                /** @description How the appeal against the score stands; as staff */
                appeal?: "waiting" | "upheld" | "refused";
                /** @description Area and everything below it */
                area?: string;
                /** @description Box on the map: west,south,east,north */
                bbox?: string;
                /** @description How the call-back stands; of cases the caller reads as staff */
                call_back?: "waiting" | "answered" | "unreachable" | "refused";
                /** @description Category and everything below it */
                category?: string;
                /** @description Overdue; due today; due this week */
                due?: "overdue" | "today" | "week";
                /** @description Area whose level holds it since it was passed up or down */
                held?: string;
                /** @description Reported by the caller; handled by them; with their organisations or level; handed to them */
                mine?: "reported" | "handled" | "holding" | "handed";
                /** @description Organisation that has it, and everything below it */
                org?: string;
                /** @description How it came in */
                source?: "resident" | "account" | "on_behalf" | "grid_worker" | "on_the_spot" | "import" | "open311" | "device";
                /** @description States, comma-separated; open: all that are not closed or rejected */
                state?: string;
                /** @description Only what is under supervision */
                supervised?: boolean;
                /** @description Words of the text, the address or the code */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description There are more: counted to the bound only */
                        capped: boolean;
                        /** @description How many */
                        count: number;
                    };
                };
            };
        };
    };
    get_cases_export: {
        parameters: {
            query: {
                /** @description How the appeal against the score stands; as staff */
                appeal?: "waiting" | "upheld" | "refused";
                /** @description Area and everything below it */
                area?: string;
                /** @description Box on the map: west,south,east,north */
                bbox?: string;
                /** @description How the call-back stands; of cases the caller reads as staff */
                call_back?: "waiting" | "answered" | "unreachable" | "refused";
                /** @description Category and everything below it */
                category?: string;
                /** @description Overdue; due today; due this week */
                due?: "overdue" | "today" | "week";
                /** @description csv: UTF-8 with byte order mark; xlsx: Excel workbook */
                format: "csv" | "xlsx";
                /** @description Area whose level holds it since it was passed up or down */
                held?: string;
                /** @description Reported by the caller; handled by them; with their organisations or level; handed to them */
                mine?: "reported" | "handled" | "holding" | "handed";
                /** @description Organisation that has it, and everything below it */
                org?: string;
                /** @description new: newest report first (when nothing is said); old; due: first due first, open cases only */
                sort?: "new" | "old" | "due";
                /** @description How it came in */
                source?: "resident" | "account" | "on_behalf" | "grid_worker" | "on_the_spot" | "import" | "open311" | "device";
                /** @description States, comma-separated; open: all that are not closed or rejected */
                state?: string;
                /** @description Only what is under supervision */
                supervised?: boolean;
                /** @description Words of the text, the address or the code */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    post_cases_export: {
        parameters: {
            query: {
                /** @description How the appeal against the score stands; as staff */
                appeal?: "waiting" | "upheld" | "refused";
                /** @description Area and everything below it */
                area?: string;
                /** @description Box on the map: west,south,east,north */
                bbox?: string;
                /** @description How the call-back stands; of cases the caller reads as staff */
                call_back?: "waiting" | "answered" | "unreachable" | "refused";
                /** @description Category and everything below it */
                category?: string;
                /** @description Overdue; due today; due this week */
                due?: "overdue" | "today" | "week";
                /** @description csv: UTF-8 with byte order mark; xlsx: Excel workbook */
                format: "csv" | "xlsx";
                /** @description Area whose level holds it since it was passed up or down */
                held?: string;
                /** @description Reported by the caller; handled by them; with their organisations or level; handed to them */
                mine?: "reported" | "handled" | "holding" | "handed";
                /** @description Organisation that has it, and everything below it */
                org?: string;
                /** @description new: newest report first (when nothing is said); old; due: first due first, open cases only */
                sort?: "new" | "old" | "due";
                /** @description How it came in */
                source?: "resident" | "account" | "on_behalf" | "grid_worker" | "on_the_spot" | "import" | "open311" | "device";
                /** @description States, comma-separated; open: all that are not closed or rejected */
                state?: string;
                /** @description Only what is under supervision */
                supervised?: boolean;
                /** @description Words of the text, the address or the code */
                text?: string;
            };
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begun as a job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job: string;
                    };
                };
            };
        };
    };
    post_cases_import: {
        parameters: {
            query: {
                /** @description Do it all, keep nothing */
                dry_run?: boolean;
                /** @description Name of a mapping: GET /case-mappings */
                mapping: string;
                /** @description Bring cases up to date whose row has changed in the source */
                update?: boolean;
            };
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Begun as a job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job: string;
                    };
                };
            };
        };
    };
    post_cases_import_preview: {
        parameters: {
            query?: {
                /** @description Name of a mapping; without it the one that fits the header */
                mapping?: string;
            };
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The file's columns */
                        columns: string[];
                        /** @description Mapping used; null: none fits */
                        mapping: string | null;
                        /** @description There are more rows */
                        more: boolean;
                        /** @description The first rows as they would be imported */
                        rows: {
                            /** @description Where, in words */
                            address: string | null;
                            /** @description Area the map finds */
                            area_name: string | null;
                            /** @description Where */
                            at: {
                                lat: number;
                                lon: number;
                            } | null;
                            /** @description Category they mean; null: none is known */
                            category: string | null;
                            /**
                             * Format: unix-ms
                             * @description When it was closed
                             */
                            closed_at: number | null;
                            /** @description Why it would be refused; empty: it would be taken */
                            errors: {
                                /** @description Stable name of the fault */
                                code: string;
                                /** @description What it is about */
                                field: string;
                                /** @description In the caller's language */
                                message: string;
                            }[];
                            /**
                             * @description Outcome
                             * @enum {string|null}
                             */
                            outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                            /**
                             * Format: unix-ms
                             * @description When it was reported
                             */
                            reported_at: number | null;
                            /** @description Number of the row, 1 below the header */
                            row: number;
                            /** @description The source's own number */
                            source_id: string | null;
                            /**
                             * @description State
                             * @enum {string|null}
                             */
                            state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged" | null;
                            /** @description Text of the case */
                            text: string | null;
                            /** @description The source's words for the kind of matter */
                            words: string | null;
                        }[];
                    };
                };
            };
        };
    };
    get_cases_map: {
        parameters: {
            query?: {
                /** @description How the appeal against the score stands; as staff */
                appeal?: "waiting" | "upheld" | "refused";
                /** @description Area and everything below it */
                area?: string;
                /** @description Box on the map: west,south,east,north */
                bbox?: string;
                /** @description How the call-back stands; of cases the caller reads as staff */
                call_back?: "waiting" | "answered" | "unreachable" | "refused";
                /** @description Category and everything below it */
                category?: string;
                /** @description Overdue; due today; due this week */
                due?: "overdue" | "today" | "week";
                /** @description Area whose level holds it since it was passed up or down */
                held?: string;
                /** @description Reported by the caller; handled by them; with their organisations or level; handed to them */
                mine?: "reported" | "handled" | "holding" | "handed";
                /** @description Organisation that has it, and everything below it */
                org?: string;
                /** @description How it came in */
                source?: "resident" | "account" | "on_behalf" | "grid_worker" | "on_the_spot" | "import" | "open311" | "device";
                /** @description States, comma-separated; open: all that are not closed or rejected */
                state?: string;
                /** @description Only what is under supervision */
                supervised?: boolean;
                /** @description Words of the text, the address or the code */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Only the newest were looked at */
                        capped: boolean;
                        /** @description Clusters, not single cases */
                        clustered: boolean;
                        /** @description Pins, or clusters when there are many */
                        items: {
                            /** @description Cases it stands for */
                            count: number;
                            /**
                             * Format: unix-ms
                             * @description When its step is due
                             */
                            due_at: number | null;
                            /** @description Case; null: a cluster */
                            id: string | null;
                            /** @description Latitude */
                            lat: number;
                            /** @description Longitude */
                            lon: number;
                            /**
                             * @description State; null: a cluster
                             * @enum {string|null}
                             */
                            state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged" | null;
                        }[];
                    };
                };
            };
        };
    };
    get_cases_work: {
        parameters: {
            query?: {
                /** @description Only cases of this state in the groups; the counts are of all */
                state?: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
                /** @description Only cases under supervision in the groups; the counts are of all */
                supervised?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description By state */
                        by_state: {
                            /** @description Cases of the caller's work in it */
                            count: number;
                            /**
                             * @description State
                             * @enum {string|null}
                             */
                            state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged" | null;
                        }[];
                        /** @description Calls to the caller's organisations that wait for an answer, first due first; at most 200. Counted above */
                        called: {
                            /** @description What it is called for */
                            ask: string | null;
                            /** @description Case */
                            case_id: string;
                            /** @description Number of the case */
                            code: string;
                            /**
                             * @description When that is
                             * @enum {string|null}
                             */
                            due: "overdue" | "today" | "week" | "later" | null;
                            /**
                             * Format: unix-ms
                             * @description When the answer is due
                             */
                            due_at: number | null;
                            /** @description Task */
                            id: string;
                            /** @description Organisation called */
                            org_id: string;
                            /** @description Its name */
                            org_name: string | null;
                            /**
                             * @description Called or received
                             * @enum {string}
                             */
                            state: "called" | "received" | "answered" | "returned" | "overruled" | "stopped";
                            /** @description Its first words */
                            title: string | null;
                        }[];
                        /** @description How much */
                        counts: {
                            /** @description All that wait for the caller */
                            all: number;
                            /** @description Reporters the caller may call back now; counted up to 1,000, and not among all */
                            call_backs: number;
                            /** @description There are more than were counted */
                            capped: boolean;
                            /** @description Past their time */
                            overdue: number;
                            /** @description Of these, under supervision */
                            supervised: number;
                            /** @description Cases the caller's level supervises, counted to 1,000; not counted above */
                            supervising: number;
                            /** @description Due today, still in time */
                            today: number;
                            /** @description Open cases in sight that wait for somebody else */
                            waiting_for_others: number;
                            /** @description Due later this week */
                            week: number;
                        };
                        /** @description By due time */
                        groups: {
                            /** @description How many there are, of the state asked for */
                            count: number;
                            /**
                             * @description When they are due
                             * @enum {string|null}
                             */
                            due: "overdue" | "today" | "week" | "later" | null;
                            /** @description Cases, first due first; at most 50 */
                            items: {
                                /** @description The main thing the caller may do now */
                                actions: string[];
                                /** @description Place in words */
                                address: string | null;
                                /**
                                 * @description How the appeal against the score stands; for staff
                                 * @enum {string|null}
                                 */
                                appeal: "waiting" | "upheld" | "refused" | null;
                                /** @description Deepest area */
                                area_id: string | null;
                                /** @description Its name */
                                area_name: string | null;
                                /**
                                 * @description Request that waits for approval
                                 * @enum {string|null}
                                 */
                                asked: "extension" | "suspension" | null;
                                /** @description Person of the organisation it was handed to */
                                assignee: string | null;
                                /** @description Place, WGS 84 */
                                at: {
                                    lat: number;
                                    lon: number;
                                } | null;
                                /**
                                 * @description How the call-back stands; for staff
                                 * @enum {string|null}
                                 */
                                call_back: "waiting" | "answered" | "unreachable" | "refused" | null;
                                /** @description Category */
                                category: {
                                    /** @description Id */
                                    id: string;
                                    /** @description English name */
                                    name_en: string | null;
                                    /** @description Chinese name */
                                    name_zh: string | null;
                                } | null;
                                /** @description Number people say */
                                code: string;
                                /**
                                 * Format: unix-ms
                                 * @description When the present step is due
                                 */
                                due_at: number | null;
                                /** @description Area whose level holds it since it was passed up or down */
                                held_area_id: string | null;
                                /** @description Its name */
                                held_area_name: string | null;
                                /** @description Id */
                                id: string;
                                /** @description Organisation that has it */
                                org_id: string | null;
                                /** @description Its name */
                                org_name: string | null;
                                /**
                                 * @description Outcome of a closed case
                                 * @enum {string|null}
                                 */
                                outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                                /** @description First photo */
                                photo: string | null;
                                /** @description The due time reaches beyond the years the calendar covers */
                                provisional: boolean;
                                /**
                                 * Format: unix-ms
                                 * @description When it was reported
                                 */
                                reported_at: number;
                                /** @description Times it failed verification */
                                reworks: number;
                                /** @description 1 urgent, 2 ordinary, 3 minor */
                                severity: number;
                                /**
                                 * @description Whether it is solved, as the reporter says
                                 * @enum {string|null}
                                 */
                                solved: "yes" | "partly" | "no" | null;
                                /**
                                 * @description How it came in
                                 * @enum {string|null}
                                 */
                                source: "resident" | "account" | "on_behalf" | "grid_worker" | "on_the_spot" | "import" | "open311" | "device" | null;
                                /** @description How it was handled, 1 to 5, as the reporter says; 0: not said */
                                stars: number;
                                /**
                                 * @description State
                                 * @enum {string}
                                 */
                                state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
                                /** @description The clock is stopped; due_at is the date of the answer or the review */
                                stopped: boolean;
                                /**
                                 * Format: unix-ms
                                 * @description When a level above expects it; null: not under supervision
                                 */
                                supervised_due: number | null;
                                /** @description Whoever has it has answered that level */
                                supervision_answered: boolean;
                                /** @description Organisations called that have neither answered nor been overruled */
                                tasks_open: number;
                                /** @description First words */
                                title: string | null;
                                /**
                                 * Format: unix-ms
                                 * @description Last step
                                 */
                                updated_at: number | null;
                                /** @description Version, for If-Match */
                                version: number;
                            }[];
                        }[];
                        /** @description What the caller's level supervises, first expected first; at most 50 */
                        supervising: {
                            /** @description The main thing the caller may do now */
                            actions: string[];
                            /** @description Place in words */
                            address: string | null;
                            /**
                             * @description How the appeal against the score stands; for staff
                             * @enum {string|null}
                             */
                            appeal: "waiting" | "upheld" | "refused" | null;
                            /** @description Deepest area */
                            area_id: string | null;
                            /** @description Its name */
                            area_name: string | null;
                            /**
                             * @description Request that waits for approval
                             * @enum {string|null}
                             */
                            asked: "extension" | "suspension" | null;
                            /** @description Person of the organisation it was handed to */
                            assignee: string | null;
                            /** @description Place, WGS 84 */
                            at: {
                                lat: number;
                                lon: number;
                            } | null;
                            /**
                             * @description How the call-back stands; for staff
                             * @enum {string|null}
                             */
                            call_back: "waiting" | "answered" | "unreachable" | "refused" | null;
                            /** @description Category */
                            category: {
                                /** @description Id */
                                id: string;
                                /** @description English name */
                                name_en: string | null;
                                /** @description Chinese name */
                                name_zh: string | null;
                            } | null;
                            /** @description Number people say */
                            code: string;
                            /**
                             * Format: unix-ms
                             * @description When the present step is due
                             */
                            due_at: number | null;
                            /** @description Area whose level holds it since it was passed up or down */
                            held_area_id: string | null;
                            /** @description Its name */
                            held_area_name: string | null;
                            /** @description Id */
                            id: string;
                            /** @description Organisation that has it */
                            org_id: string | null;
                            /** @description Its name */
                            org_name: string | null;
                            /**
                             * @description Outcome of a closed case
                             * @enum {string|null}
                             */
                            outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                            /** @description First photo */
                            photo: string | null;
                            /** @description The due time reaches beyond the years the calendar covers */
                            provisional: boolean;
                            /**
                             * Format: unix-ms
                             * @description When it was reported
                             */
                            reported_at: number;
                            /** @description Times it failed verification */
                            reworks: number;
                            /** @description 1 urgent, 2 ordinary, 3 minor */
                            severity: number;
                            /**
                             * @description Whether it is solved, as the reporter says
                             * @enum {string|null}
                             */
                            solved: "yes" | "partly" | "no" | null;
                            /**
                             * @description How it came in
                             * @enum {string|null}
                             */
                            source: "resident" | "account" | "on_behalf" | "grid_worker" | "on_the_spot" | "import" | "open311" | "device" | null;
                            /** @description How it was handled, 1 to 5, as the reporter says; 0: not said */
                            stars: number;
                            /**
                             * @description State
                             * @enum {string}
                             */
                            state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
                            /** @description The clock is stopped; due_at is the date of the answer or the review */
                            stopped: boolean;
                            /**
                             * Format: unix-ms
                             * @description When a level above expects it; null: not under supervision
                             */
                            supervised_due: number | null;
                            /** @description Whoever has it has answered that level */
                            supervision_answered: boolean;
                            /** @description Organisations called that have neither answered nor been overruled */
                            tasks_open: number;
                            /** @description First words */
                            title: string | null;
                            /**
                             * Format: unix-ms
                             * @description Last step
                             */
                            updated_at: number | null;
                            /** @description Version, for If-Match */
                            version: number;
                        }[];
                    };
                };
            };
        };
    };
    get_categories: {
        parameters: {
            query?: {
                /** @description Closed ones too */
                closed?: boolean;
                /** @description One kind only */
                kind?: "object" | "matter" | "service";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_categories_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_categories: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Code within the kind; empty: made from the id */
                    code?: string | null;
                    /** @description Order among those offered first */
                    common?: number | null;
                    /**
                     * @description object, matter or service
                     * @enum {string}
                     */
                    kind: "object" | "matter" | "service";
                    /** @description A case may name it */
                    leaf?: boolean | null;
                    /** @description English name */
                    name_en: string;
                    /** @description Chinese name */
                    name_zh: string;
                    /** @description Category above; empty: top level */
                    parent?: string | null;
                    /** @description 1 urgent, 2 ordinary (when not given), 3 minor */
                    severity?: number | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_categories_view"];
                };
            };
        };
    };
    patch_categories_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Order among those offered first; 0: not */
                    common?: number | null;
                    /** @description English name */
                    name_en?: string | null;
                    /** @description Chinese name */
                    name_zh?: string | null;
                    /** @description 1 urgent, 2 ordinary, 3 minor */
                    severity?: number | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_categories_view"];
                };
            };
        };
    };
    post_categories_id_close: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_categories_view"];
                };
            };
        };
    };
    post_categories_suggest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What happened, in the reporter's words */
                    text: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description At most three, the likeliest first; empty: say it by hand */
                        items: {
                            /** @description Category: a leaf in use */
                            id: string;
                            /** @description Its English name */
                            name_en: string | null;
                            /** @description Its Chinese name */
                            name_zh: string | null;
                            /** @description How likely, in a hundred; 0: not known, only its name stands in the text */
                            percent: number;
                            /** @description Words of the text that speak for it */
                            words: string[];
                        }[];
                        /** @description Closed cases that were learnt from; 0: nothing has been learnt yet, names alone speak */
                        learnt: number;
                    };
                };
            };
        };
    };
    get_category_packs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_category_packs_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_category_packs: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Code of a pack that ships with the program */
                    code: string;
                };
            };
        };
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_category_packs_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_claims: {
        parameters: {
            query: {
                /** @description The page before's next */
                after?: string;
                /** @description At most so many (50) */
                limit?: number;
                /** @description Only what has not ended */
                open?: boolean;
                /** @description What this organisation took on */
                org: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: unix-ms
                             * @description The resource is held from
                             */
                            begins_at: number | null;
                            /**
                             * Format: unix-ms
                             * @description Taken
                             */
                            created_at: number;
                            /**
                             * Format: unix-ms
                             * @description Reported as done
                             */
                            done_at: number | null;
                            /**
                             * Format: unix-ms
                             * @description To be done by
                             */
                            due_at: number;
                            /**
                             * Format: unix-ms
                             * @description Confirmed, failed or given back
                             */
                            ended_at: number | null;
                            /**
                             * Format: unix-ms
                             * @description The resource is held until
                             */
                            ends_at: number | null;
                            /** @description What was done */
                            evidence: string | null;
                            /** @description Claim */
                            id: string;
                            /** @description Not done, and the day is over */
                            late: boolean;
                            /** @description The caller may report it as done or give it back */
                            may_do: boolean;
                            /** @description The caller may confirm it or say that it failed */
                            may_judge: boolean;
                            /** @description The need */
                            need_id: string;
                            /** @description The need, in a line */
                            need_title: string;
                            /** @description Who took it on */
                            org_id: string;
                            /** @description Its name */
                            org_name: string;
                            /** @description Photographs of it */
                            photos: string[];
                            /** @description How much of the need */
                            quantity: number;
                            /** @description 1 to 5, by the asker; 0: none */
                            rating: number;
                            /** @description Why it failed or was given back */
                            reason: string | null;
                            /** @description With what */
                            resource_id: string | null;
                            /** @description The resource, in a line */
                            resource_title: string | null;
                            /** @description What the asker says of it */
                            said: string | null;
                            /**
                             * @description Where it stands
                             * @enum {string}
                             */
                            state: "taken" | "done" | "confirmed" | "failed" | "given_back";
                            /** @description Who comes */
                            who: string | null;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_claims_id_confirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 1 to 5 */
                    rating: number;
                    /** @description What the asker says of it */
                    said?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_needs_id_view"];
                };
            };
        };
    };
    post_claims_id_done: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Photographs, uploaded before by POST /files */
                    photos?: string[];
                    /** @description What was done */
                    text: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_needs_id_view"];
                };
            };
        };
    };
    post_claims_id_fail: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_needs_id_view"];
                };
            };
        };
    };
    post_claims_id_give_back: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_needs_id_view"];
                };
            };
        };
    };
    get_clock_calendars: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_clock_calendars_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_clock_calendars: {
        parameters: {
            query?: {
                /** @description Where it comes from */
                name?: string;
            };
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_clock_calendars_view"];
                };
            };
        };
    };
    get_clock_calendars_id_days: {
        parameters: {
            query: {
                /** @description Year */
                year: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Such as 2026-02-14 */
                            date: string;
                            /**
                             * @description holiday: free; workday: a Saturday or Sunday that is worked
                             * @enum {string}
                             */
                            kind: "holiday" | "workday";
                            /** @description What for, as the source says it */
                            name: string | null;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_clock_hours: {
        parameters: {
            query?: {
                /** @description Ended ones too */
                past?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_clock_hours_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_clock_hours: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Kind of area; see setting unit.area_kinds */
                    kind: string;
                    /**
                     * Format: unix-ms
                     * @description From when it holds: now or later; empty: now
                     */
                    valid_from?: number | null;
                    /** @description List of eight texts: Monday to Sunday and the make-up day, such as 09:00-12:00 13:30-17:30; empty: none */
                    week: unknown;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_clock_hours_view"];
                };
            };
        };
    };
    patch_clock_hours_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: unix-ms
                     * @description From when it holds: now or later; empty: now
                     */
                    valid_from?: number | null;
                    /** @description List of eight texts: Monday to Sunday and the make-up day, such as 09:00-12:00 13:30-17:30; empty: none */
                    week: unknown;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_clock_hours_view"];
                };
            };
        };
    };
    post_clock_hours_id_close: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_clock_policies: {
        parameters: {
            query?: {
                /** @description Ended ones too */
                past?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_clock_policies_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_clock_policies: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Subtree of categories; empty: everything */
                    category?: string | null;
                    /** @description Limits; what is missing follows what is less specific */
                    limits: {
                        /** @description How much; 0: no limit */
                        amount: number;
                        /**
                         * @description Step: accept, answer (the reporter), dispatch, sign, handle, verify
                         * @enum {string}
                         */
                        step: "accept" | "answer" | "dispatch" | "sign" | "handle" | "verify";
                        /**
                         * @description urgent_minutes run around the clock; working_minutes; working_days
                         * @enum {string}
                         */
                        unit: "urgent_minutes" | "working_minutes" | "working_days";
                    }[];
                    /** @description 1 urgent, 2 ordinary, 3 minor; 0: every one */
                    severity?: number | null;
                    /**
                     * Format: unix-ms
                     * @description From when it holds: now or later; empty: now
                     */
                    valid_from?: number | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_clock_policies_view"];
                };
            };
        };
    };
    patch_clock_policies_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Limits; what is missing follows what is less specific */
                    limits: {
                        /** @description How much; 0: no limit */
                        amount: number;
                        /**
                         * @description Step: accept, answer (the reporter), dispatch, sign, handle, verify
                         * @enum {string}
                         */
                        step: "accept" | "answer" | "dispatch" | "sign" | "handle" | "verify";
                        /**
                         * @description urgent_minutes run around the clock; working_minutes; working_days
                         * @enum {string}
                         */
                        unit: "urgent_minutes" | "working_minutes" | "working_days";
                    }[];
                    /**
                     * Format: unix-ms
                     * @description From when it holds: now or later; empty: now
                     */
                    valid_from?: number | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_clock_policies_view"];
                };
            };
        };
    };
    post_clock_policies_id_close: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_clock_preview: {
        parameters: {
            query: {
                /** @description How much */
                amount: number;
                /** @description Area whose level keeps the hours; empty: the district */
                area?: string;
                /** @description When the limit begins */
                from: number;
                /** @description Of what */
                unit: "urgent_minutes" | "working_minutes" | "working_days";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Version of the calendar */
                        calendar: number;
                        /**
                         * Format: unix-ms
                         * @description When it would be due
                         */
                        due_at: number;
                        /** @description Reaches beyond the years the calendar covers */
                        provisional: boolean;
                    };
                };
            };
        };
    };
    get_deliveries: {
        parameters: {
            query?: {
                /** @description Cursor of the page before */
                after?: string;
                /** @description webhook or mail; both when not said */
                channel?: string;
                /** @description At most so many (50) */
                limit?: number;
                /** @description Where they stand */
                state?: "waiting" | "delivered" | "given_up";
                /** @description Of one subscription */
                target?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Status last answered, of HTTP or SMTP; 0: none */
                            answer: number;
                            /** @description How it goes: webhook, mail */
                            channel: string;
                            /**
                             * Format: unix-ms
                             * @description When it was written
                             */
                            created_at: number;
                            /**
                             * Format: unix-ms
                             * @description When it was delivered or given up
                             */
                            ended_at: number | null;
                            /** @description Delivery; a receiver sees it in webhook-id */
                            id: string;
                            /** @description What it tells of, such as case.dispatch */
                            kind: string;
                            /**
                             * Format: unix-ms
                             * @description When it is tried next, while it waits
                             */
                            next_at: number | null;
                            /** @description Case */
                            object: string | null;
                            /** @description What went wrong last */
                            problem: string | null;
                            /**
                             * @description Where it stands
                             * @enum {string}
                             */
                            state: "waiting" | "delivered" | "given_up";
                            /** @description Subscription; of a mail the person */
                            target: string;
                            /** @description Attempts */
                            tries: number;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_deliveries_id_again: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_demo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description True when one may come in without a password */
                        demo: boolean;
                        /** @description As whom */
                        roles: {
                            /** @description Role, for POST /session/demo */
                            code: string;
                            /** @description Its name in the caller's language */
                            name: string;
                            /** @description Whom one comes in as */
                            person: string | null;
                        }[];
                    };
                };
            };
        };
    };
    get_directory: {
        parameters: {
            query?: {
                /** @description Cursor of the page before */
                after?: string;
                /** @description Only this area, what lies below it, and organisations there */
                area?: string;
                /** @description Only of this kind */
                kind?: string;
                /** @description At most so many; 100 when not given */
                limit?: number;
                /** @description Only those without a telephone, a person or a place */
                missing?: "phone" | "person" | "place";
                /** @description Part of the name, or how it is said */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_directory_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_directory_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_directory_view"];
                };
            };
        };
    };
    put_directory_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Where to go */
                    address?: string | null;
                    /** @description Its place, WGS 84 */
                    at?: {
                        lat: number;
                        lon: number;
                    } | null;
                    /** @description When it is open, in words */
                    hours?: string | null;
                    /** @description What one can do there */
                    note?: string | null;
                    /** @description Telephone of the office, never somebody's own */
                    phone?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_directory_view"];
                };
            };
        };
    };
    get_exchange_categories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Free again after each use, as a room is */
                            again: boolean;
                            /** @description Stable name */
                            code: string;
                            /** @description English name */
                            en: string;
                            /** @description The one above */
                            of: string | null;
                            /** @description Chinese name */
                            zh: string;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_exchange_could_do: {
        parameters: {
            query: {
                /** @description Whose resources are looked at */
                org: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description What it could answer */
                            need: {
                                /** @description Where */
                                area_id: string;
                                /** @description Its name */
                                area_name: string;
                                /** @description Place, WGS 84 */
                                at: {
                                    lat: number;
                                    lon: number;
                                } | null;
                                /**
                                 * Format: unix-ms
                                 * @description Wanted from
                                 */
                                begins_at: number | null;
                                /** @description Code of its category; see GET /exchange/categories */
                                category: string;
                                /** @description How much of it is taken on, done or confirmed */
                                claimed: number;
                                /**
                                 * Format: unix-ms
                                 * @description Entered
                                 */
                                created_at: number;
                                /**
                                 * Format: unix-ms
                                 * @description Wanted until
                                 */
                                ends_at: number | null;
                                /** @description How many it helps; 0: not said */
                                helps: number;
                                /** @description Need */
                                id: string;
                                /** @description The caller may change it */
                                may_manage: boolean;
                                /** @description Shown to residents */
                                public: boolean;
                                /**
                                 * Format: unix-ms
                                 * @description Published
                                 */
                                published_at: number | null;
                                /** @description How much */
                                quantity: number;
                                /** @description Which of a row of needs that recur, the first being 1; 0: it stands alone */
                                series_no: number;
                                /**
                                 * @description Where it stands
                                 * @enum {string}
                                 */
                                state: "draft" | "published" | "partly" | "matched" | "under_way" | "met" | "unmet" | "withdrawn";
                                /** @description In a line */
                                title: string;
                                /** @description Of what, in words */
                                unit: string | null;
                                /** @description Who asks */
                                unit_id: string;
                                /**
                                 * @description area or org: who asks
                                 * @enum {string}
                                 */
                                unit_kind: "area" | "org";
                                /** @description Its name */
                                unit_name: string;
                                /**
                                 * @description How urgent
                                 * @enum {string}
                                 */
                                urgency: "ordinary" | "soon" | "urgent";
                                /** @description Grows with each change */
                                version: number;
                            };
                            /** @description With which of its resources, best */
                            resource_id: string;
                            /** @description That one, in a line */
                            resource_title: string;
                            /** @description 0 to 100; the more urgent comes first */
                            score: number;
                            /** @description Why */
                            why: {
                                /** @description What it did not keep */
                                failed: number;
                                /** @description How much is free */
                                free: number;
                                /** @description It can be had when it is needed */
                                in_time: boolean;
                                /** @description What the organisation took on and kept */
                                kept: number;
                                /** @description How far it is */
                                metres: number;
                                /** @description Both have a place, so that metres counts */
                                placed: boolean;
                                /** @description Exactly the category asked for, not the one above or below */
                                same_category: boolean;
                                /** @description How much is still to be taken on */
                                wanted: number;
                            };
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_exchange_dispatch: {
        parameters: {
            query?: {
                /** @description Of this area and all below it; the district when not given */
                area?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Of this area and all below it */
                        area_id: string;
                        /** @description Its name */
                        area_name: string;
                        /** @description What was taken on and is late or falls due within seven days, the soonest first; at most 60 */
                        due: {
                            /**
                             * Format: unix-ms
                             * @description To be done by
                             */
                            due_at: number;
                            /** @description Claim */
                            id: string;
                            /** @description Not done, and the day is over */
                            late: boolean;
                            /** @description The need */
                            need_id: string;
                            /** @description The need, in a line */
                            need_title: string;
                            /** @description Who took it on */
                            org_id: string;
                            /** @description Its name */
                            org_name: string;
                            /** @description How much of the need */
                            quantity: number;
                            /**
                             * @description taken, or done and to be confirmed
                             * @enum {string}
                             */
                            state: "taken" | "done" | "confirmed" | "failed" | "given_back";
                            /** @description Of what, in words */
                            unit: string | null;
                        }[];
                        /** @description Resources that serve there and that nothing holds, offered longest first; at most 60 */
                        idle: {
                            /** @description Free again after each use */
                            again: boolean;
                            /** @description Area it serves */
                            area_id: string;
                            /** @description Its name */
                            area_name: string;
                            /** @description Place, WGS 84 */
                            at: {
                                lat: number;
                                lon: number;
                            } | null;
                            /**
                             * Format: unix-ms
                             * @description Offered from
                             */
                            begins_at: number | null;
                            /** @description Code of its category */
                            category: string;
                            /** @description Minute of the day until which it is free; 0: midnight */
                            closes: number;
                            /**
                             * Format: unix-ms
                             * @description Entered
                             */
                            created_at: number;
                            /** @description Days of the week, 1 Monday to 7 Sunday, such as 12345; null: any */
                            days: string | null;
                            /**
                             * Format: unix-ms
                             * @description Offered until
                             */
                            ends_at: number | null;
                            /** @description How much is free: what is left, or of what is free again the whole */
                            free: number;
                            /** @description Resource */
                            id: string;
                            /** @description The caller may change it and take on needs with it */
                            may_manage: boolean;
                            /** @description Minute of the day from which it is free */
                            opens: number;
                            /** @description Whose */
                            org_id: string;
                            /** @description Its name */
                            org_name: string;
                            /** @description Shown to residents */
                            public: boolean;
                            /** @description How much */
                            quantity: number;
                            /**
                             * @description Where it stands
                             * @enum {string}
                             */
                            state: "offered" | "paused" | "used_up" | "withdrawn";
                            /** @description In a line */
                            title: string;
                            /** @description Of what, in words */
                            unit: string | null;
                            /** @description Grows with each change */
                            version: number;
                        }[];
                        /** @description Needs that seek something: the most urgent, then what ends soonest; at most 60 */
                        needs: {
                            /** @description Where */
                            area_id: string;
                            /** @description Its name */
                            area_name: string;
                            /** @description Place, WGS 84 */
                            at: {
                                lat: number;
                                lon: number;
                            } | null;
                            /**
                             * Format: unix-ms
                             * @description Wanted from
                             */
                            begins_at: number | null;
                            /** @description Code of its category; see GET /exchange/categories */
                            category: string;
                            /** @description How much of it is taken on, done or confirmed */
                            claimed: number;
                            /**
                             * Format: unix-ms
                             * @description Entered
                             */
                            created_at: number;
                            /**
                             * Format: unix-ms
                             * @description Wanted until
                             */
                            ends_at: number | null;
                            /** @description How many it helps; 0: not said */
                            helps: number;
                            /** @description Need */
                            id: string;
                            /** @description The caller may change it */
                            may_manage: boolean;
                            /** @description Shown to residents */
                            public: boolean;
                            /**
                             * Format: unix-ms
                             * @description Published
                             */
                            published_at: number | null;
                            /** @description How much */
                            quantity: number;
                            /** @description Which of a row of needs that recur, the first being 1; 0: it stands alone */
                            series_no: number;
                            /**
                             * @description Where it stands
                             * @enum {string}
                             */
                            state: "draft" | "published" | "partly" | "matched" | "under_way" | "met" | "unmet" | "withdrawn";
                            /** @description In a line */
                            title: string;
                            /** @description Of what, in words */
                            unit: string | null;
                            /** @description Who asks */
                            unit_id: string;
                            /**
                             * @description area or org: who asks
                             * @enum {string}
                             */
                            unit_kind: "area" | "org";
                            /** @description Its name */
                            unit_name: string;
                            /**
                             * @description How urgent
                             * @enum {string}
                             */
                            urgency: "ordinary" | "soon" | "urgent";
                            /** @description Grows with each change */
                            version: number;
                        }[];
                        /** @description Ordinary ones */
                        ordinary: number;
                        /** @description Those wanted soon */
                        soon: number;
                        /** @description Urgent needs that seek something */
                        urgent: number;
                    };
                };
            };
        };
    };
    get_exchange_figures: {
        parameters: {
            query?: {
                /** @description Of the members of this alliance */
                alliance?: string;
                /** @description Of this area and all below it; the district when nothing is given */
                area?: string;
                /** @description First day, such as 2026-03-01; 30 days ago when not given */
                from?: string;
                /** @description Of this organisation */
                org?: string;
                /** @description Last day; today when not given */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Median from publishing until taken on in full, in tenths of a day; -1: none was */
                        days: number;
                        /**
                         * Format: unix-ms
                         * @description Beginning of the period
                         */
                        from: number;
                        /** @description Numbers, each with its list at /exchange/figures/behind */
                        measures: {
                            /** @description Counted on, English */
                            day_en: string;
                            /** @description Counted on, Chinese */
                            day_zh: string;
                            /** @description Name, English */
                            en: string;
                            /** @description How many */
                            n: number;
                            /** @description What it counts, English */
                            what_en: string;
                            /** @description What it counts, Chinese */
                            what_zh: string;
                            /** @description Stable name */
                            word: string;
                            /** @description Name, Chinese */
                            zh: string;
                        }[];
                        /** @description One number over two */
                        rates: {
                            /** @description Name, English */
                            en: string;
                            /** @description The other part */
                            other: string;
                            /** @description part ÷ (part + other) */
                            part: string;
                            /** @description Hundredths of a per cent; -1: nothing to divide by */
                            rate: number;
                            /** @description Stable name */
                            word: string;
                            /** @description Name, Chinese */
                            zh: string;
                        }[];
                        /**
                         * Format: unix-ms
                         * @description Its end, exclusive
                         */
                        to: number;
                    };
                };
            };
        };
    };
    get_exchange_figures_behind: {
        parameters: {
            query: {
                /** @description The page before's next */
                after?: string;
                /** @description Of the members of this alliance */
                alliance?: string;
                /** @description Of this area and all below it; the district when nothing is given */
                area?: string;
                /** @description First day, such as 2026-03-01; 30 days ago when not given */
                from?: string;
                /** @description Which number's list */
                measure: "asked" | "met" | "unmet" | "matched" | "kept" | "failed" | "idle";
                /** @description Of this organisation */
                org?: string;
                /** @description Last day; today when not given */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: unix-ms
                             * @description When it counted; of an idle resource, when it was entered
                             */
                            at: number;
                            /** @description Of those taken on in full: tenths of a day from publishing until then */
                            days: number;
                            /** @description The need, of needs and claims */
                            need_id: string | null;
                            /** @description How much */
                            quantity: number;
                            /** @description The resource, of resources */
                            resource_id: string | null;
                            /** @description In a line */
                            title: string;
                            /** @description Of what, in words */
                            unit: string | null;
                            /** @description Who asked, took it on or offers it */
                            who: string;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_exchange_pass: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begun as a job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job: string;
                    };
                };
            };
        };
    };
    post_files: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Size as stored */
                        bytes: number;
                        /** @description Only without an account: proves whose upload it is; goes into photo_claims */
                        claim: string | null;
                        /** @description Pixels */
                        height: number;
                        /** @description File, to be named when a case is reported or handled */
                        id: string;
                        /** @description Pixels, after turning upright and scaling */
                        width: number;
                    };
                };
            };
        };
    };
    get_files_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
        };
    };
    get_files_id_thumb: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
        };
    };
    get_follows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_follows_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_follows_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_follows_view"];
                };
            };
        };
    };
    post_follows_code: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_follows_view"];
                };
            };
        };
    };
    delete_follows_code: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_hook_sources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_hook_sources_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_hook_sources: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_hook_sources_view"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Of reports that the mapping gives none */
                        category: string | null;
                        /**
                         * Format: unix-ms
                         * @description When ended
                         */
                        closed_at: number | null;
                        /**
                         * Format: unix-ms
                         * @description When made
                         */
                        created_at: number;
                        /** @description Id; it posts to /api/v1/hooks/ID */
                        id: string;
                        /** @description Which member is what, as in an import */
                        mapping: unknown;
                        /** @description Which system */
                        name: string;
                        /** @description Reports it may make in an hour */
                        per_hour: number;
                        /** @description What it signs with: shown this once */
                        secret: string;
                        /**
                         * Format: unix-ms
                         * @description Last report
                         */
                        used_at: number | null;
                        /** @description Reports taken */
                        uses: number;
                        /** @description Version, for If-Match */
                        version: number;
                    };
                };
            };
        };
    };
    put_hook_sources_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_hook_sources_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_hook_sources_view"];
                };
            };
        };
    };
    post_hook_sources_id_close: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_hooks_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": string;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Its number */
                        code: string;
                        /** @description false: this report was taken before, and nothing was changed */
                        created: boolean;
                        /** @description Case */
                        id: string;
                    };
                };
            };
        };
    };
    get_insight_cases: {
        parameters: {
            query: {
                /** @description Cursor of the next page */
                after?: string;
                /** @description First day, YYYY-MM-DD in the district's time zone; not given: 30 days up to the last */
                from?: string;
                /** @description Rows of a page, 50 when not said */
                limit?: number;
                /** @description Measure: the numerator or denominator of a figure, or a count */
                measure: string;
                /** @description Last day, included; not given: today */
                to?: string;
                /** @description Area or organisation; not given: the first at which the caller reads cases */
                unit?: string;
                /** @description Another measure, counted on the same day: only cases that are not in it */
                without?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Deepest area */
                            area_name: string | null;
                            /**
                             * Format: unix-ms
                             * @description When it was closed, rejected or merged
                             */
                            closed_at: number | null;
                            /** @description Number people say */
                            code: string;
                            /**
                             * Format: unix-ms
                             * @description When the present step is due
                             */
                            due_at: number | null;
                            /** @description Id */
                            id: string;
                            /** @description Organisation that has it */
                            org_name: string | null;
                            /**
                             * @description Outcome of a closed case
                             * @enum {string|null}
                             */
                            outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                            /**
                             * Format: unix-ms
                             * @description When it was reported
                             */
                            reported_at: number;
                            /**
                             * @description State
                             * @enum {string}
                             */
                            state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
                            /** @description First words; null when the caller may not read it any more */
                            title: string | null;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_insight_categories: {
        parameters: {
            query?: {
                /** @description First day, YYYY-MM-DD in the district's time zone; not given: 30 days up to the last */
                from?: string;
                /** @description Last day, included; not given: today */
                to?: string;
                /** @description Area or organisation; not given: the first at which the caller reads cases */
                unit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The period before was counted whole */
                        before_whole: boolean;
                        /** @description First day that was counted: later than asked for when there are very many cases */
                        counted_from: string;
                        /** @description Categories with any, most reported first */
                        items: {
                            /** @description Closed */
                            closed: number;
                            /** @description Of these, closed on time */
                            closed_on_time: number;
                            /** @description Due */
                            due: number;
                            /** @description Category; null: not known */
                            id: string | null;
                            /** @description English name */
                            name_en: string | null;
                            /** @description Chinese name */
                            name_zh: string | null;
                            /** @description Reported in the period */
                            reported: number;
                            /** @description In the period before */
                            reported_before: number;
                        }[];
                    };
                };
            };
        };
    };
    get_insight_definitions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Rates */
                        figures: {
                            /** @description 1: more is better, -1: less is, 0: neither */
                            better: number;
                            /** @description English name */
                            en: string;
                            /** @description What is left out, in English */
                            left_en: string;
                            /** @description What is left out, in Chinese */
                            left_zh: string;
                            /** @description Measure that is the numerator */
                            part: string;
                            /** @description Numerator in English */
                            part_en: string;
                            /** @description Numerator in Chinese */
                            part_zh: string;
                            /** @description Where the formula comes from, in English */
                            source_en: string;
                            /** @description Where the formula comes from, in Chinese */
                            source_zh: string;
                            /** @description Measure that is the denominator */
                            whole: string;
                            /** @description Denominator in English */
                            whole_en: string;
                            /** @description Denominator in Chinese */
                            whole_zh: string;
                            /** @description Figure */
                            word: string;
                            /** @description Chinese name */
                            zh: string;
                        }[];
                        /** @description Measures */
                        measures: {
                            /** @description English name */
                            en: string;
                            /** @description Measure */
                            word: string;
                            /** @description Chinese name */
                            zh: string;
                        }[];
                    };
                };
            };
        };
    };
    get_insight_figures: {
        parameters: {
            query?: {
                /** @description First day, YYYY-MM-DD in the district's time zone; not given: 30 days up to the last */
                from?: string;
                /** @description Last day, included; not given: today */
                to?: string;
                /** @description Area or organisation; not given: the first at which the caller reads cases */
                unit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description First day of the period before */
                        before_from: string;
                        /** @description Its last day */
                        before_to: string;
                        /** @description Open by age: day (reported today), three, week, month, older */
                        by_age: {
                            /** @description In the period before; of what is open always 0 */
                            before: number;
                            /** @description How many */
                            count: number;
                            /** @description Measure, state or age */
                            word: string;
                        }[];
                        /** @description Open by state */
                        by_state: {
                            /** @description In the period before; of what is open always 0 */
                            before: number;
                            /** @description How many */
                            count: number;
                            /** @description Measure, state or age */
                            word: string;
                        }[];
                        /** @description Cases from before the counters; 0: there were none, or all are counted */
                        cases: number;
                        /** @description Cases from before the counters that have been counted; the figures are whole when it equals cases */
                        counted: number;
                        /** @description Measures, those in no score too */
                        counts: {
                            /** @description In the period before; of what is open always 0 */
                            before: number;
                            /** @description How many */
                            count: number;
                            /** @description Measure, state or age */
                            word: string;
                        }[];
                        /** @description Rates */
                        figures: {
                            /** @description Numerator */
                            part: number;
                            /** @description Numerator of the period before, as long as this one */
                            part_before: number;
                            /** @description Hundredths of a percent; -1: the denominator is 0 */
                            rate: number;
                            /** @description Its rate; -1: none */
                            rate_before: number;
                            /** @description Denominator */
                            whole: number;
                            /** @description Its denominator */
                            whole_before: number;
                            /** @description Figure; its formula: GET /insight/definitions */
                            word: string;
                        }[];
                        /** @description First day */
                        from: string;
                        /** @description Open now */
                        open: number;
                        /** @description Of these, past the limit of the present step */
                        overdue: number;
                        /** @description Where the caller reads cases; what lies below is theirs too */
                        own: {
                            /** @description Kind of area or organisation */
                            area_kind: string | null;
                            /** @description Area or organisation */
                            id: string;
                            /**
                             * @description area or org
                             * @enum {string}
                             */
                            kind: "area" | "org";
                            /** @description Name */
                            name: string;
                        }[];
                        /** @description Units above it that the caller may look at, the highest first */
                        path: {
                            /** @description Kind of area or organisation */
                            area_kind: string | null;
                            /** @description Area or organisation */
                            id: string;
                            /**
                             * @description area or org
                             * @enum {string}
                             */
                            kind: "area" | "org";
                            /** @description Name */
                            name: string;
                        }[];
                        /** @description Combined score, hundredths of a point; -1: none */
                        score: number;
                        /** @description Of the period before, with the weights of then; -1: none */
                        score_before: number;
                        /** @description Last day */
                        to: string;
                        /** @description Today in the district's time zone */
                        today: string;
                        /** @description Unit */
                        unit: {
                            /** @description Kind of area or organisation */
                            area_kind: string | null;
                            /** @description Area or organisation */
                            id: string;
                            /**
                             * @description area or org
                             * @enum {string}
                             */
                            kind: "area" | "org";
                            /** @description Name */
                            name: string;
                        };
                        /** @description Weights in force on the first day */
                        weights: {
                            /** @description Its weight in the combined score */
                            weight: number;
                            /** @description Figure */
                            word: string;
                        }[];
                    };
                };
            };
        };
    };
    post_insight_recount: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begun as a job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job: string;
                    };
                };
            };
        };
    };
    get_insight_series: {
        parameters: {
            query?: {
                /** @description First day, YYYY-MM-DD in the district's time zone; not given: 30 days up to the last */
                from?: string;
                /** @description day when nothing is said; weeks begin on Monday */
                step?: "day" | "week" | "month";
                /** @description Last day, included; not given: today */
                to?: string;
                /** @description Area or organisation; not given: the first at which the caller reads cases */
                unit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Cases: asked about contact */
                            asked: number;
                            /** @description Cases: beyond powers */
                            beyond_powers: number;
                            /** @description Cases: verified */
                            checked: number;
                            /** @description Cases: closed */
                            closed: number;
                            /** @description Cases: closed on time */
                            closed_on_time: number;
                            /** @description Cases: contacted in time */
                            contacted: number;
                            /** @description Cases: dispatched */
                            dispatched: number;
                            /** @description Cases: due */
                            due: number;
                            /** @description Cases: due and closed */
                            due_closed: number;
                            /** @description Cases: extended */
                            extended: number;
                            /** @description Cases: filed */
                            filed: number;
                            /** @description Cases: dispatched for the first time */
                            first: number;
                            /** @description Cases: first dispatch right */
                            first_right: number;
                            /** @description First day of the step */
                            from: string;
                            /** @description Cases: rejected */
                            rejected: number;
                            /** @description Cases: reported */
                            reported: number;
                            /** @description Cases: resolved */
                            resolved: number;
                            /** @description Cases: returned */
                            returned: number;
                            /** @description Cases: reworked */
                            reworked: number;
                            /** @description Cases: satisfied */
                            satisfied: number;
                            /** @description Cases: rated with stars */
                            starred: number;
                            /** @description Cases: out of reach */
                            unreachable: number;
                            /** @description Cases: appeals upheld */
                            upheld: number;
                            /** @description Cases: valid answers */
                            valid: number;
                            /** @description Cases: all calls answered in time */
                            whistle_answered: number;
                            /** @description Cases: with organisations called */
                            whistled: number;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_insight_units: {
        parameters: {
            query: {
                /** @description area: the areas below it; org: the organisations that belong to it or lie below it */
                by: "area" | "org";
                /** @description First day, YYYY-MM-DD in the district's time zone; not given: 30 days up to the last */
                from?: string;
                /** @description Last day, included; not given: today */
                to?: string;
                /** @description Area or organisation; not given: the first at which the caller reads cases */
                unit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Closed in the period */
                            closed: number;
                            /** @description Rates */
                            figures: {
                                /** @description Numerator */
                                part: number;
                                /** @description Hundredths of a percent; -1: none */
                                rate: number;
                                /** @description Denominator */
                                whole: number;
                                /** @description Figure */
                                word: string;
                            }[];
                            /** @description Area or organisation */
                            id: string;
                            /** @description Kind of area or organisation */
                            kind: string | null;
                            /** @description Name */
                            name: string;
                            /** @description Open now */
                            open: number;
                            /** @description Of these, past the limit of the present step */
                            overdue: number;
                            /** @description Reported in the period; of an organisation dispatched to it */
                            reported: number;
                            /** @description Combined score, hundredths of a point; -1: none */
                            score: number;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_jobs: {
        parameters: {
            query?: {
                /** @description Cursor of the page before */
                after?: string;
                /** @description At most so many (50) */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_jobs_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_jobs_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_jobs_view"];
                };
            };
        };
    };
    post_jobs_id_cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_jobs_view"];
                };
            };
        };
    };
    get_jobs_id_errors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    get_jobs_id_result: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    post_letters: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description For which appointments */
                    appointments: string[];
                    /**
                     * Format: unix-ms
                     * @description Its date; empty: today
                     */
                    issued_at?: number | null;
                    /** @description Organisation that issues it; one in which the caller manages people */
                    issuer_id: string;
                    /**
                     * @description letter (unless said) or certificate
                     * @enum {string|null}
                     */
                    kind?: "letter" | "certificate" | null;
                    /**
                     * @description zh (unless said) or en
                     * @enum {string|null}
                     */
                    lang?: "zh" | "en" | null;
                    /** @description Letters in force end, new ones take their place; without it they are a fault */
                    replace?: boolean | null;
                    /** @description Print the organisation's seal */
                    seal?: boolean | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The letters, in the order asked for */
                        letters: {
                            /** @description Appointment */
                            appointment_id: string;
                            /** @description Text, a paragraph a line, ** around what is bold */
                            body: string;
                            /**
                             * Format: unix-ms
                             * @description From
                             */
                            from: number;
                            /** @description Id */
                            id: string;
                            /**
                             * Format: unix-ms
                             * @description Its date
                             */
                            issued_at: number;
                            /** @description Its name */
                            issuer: string;
                            /** @description Organisation that issued it */
                            issuer_id: string;
                            /**
                             * @description letter or certificate
                             * @enum {string}
                             */
                            kind: "letter" | "certificate";
                            /**
                             * @description zh or en
                             * @enum {string}
                             */
                            lang: "zh" | "en";
                            /** @description Number */
                            no: string;
                            /** @description To whom */
                            person: string;
                            /** @description Post */
                            post: string;
                            /** @description Another letter holds in its place */
                            replaced: boolean;
                            /** @description A seal is printed on it */
                            sealed: boolean;
                            /**
                             * @description valid or ended
                             * @enum {string}
                             */
                            state: "valid" | "ended";
                            /** @description Title */
                            title: string;
                            /**
                             * Format: unix-ms
                             * @description Until, exclusive; null: open
                             */
                            to: number | null;
                            /** @description Where, in full */
                            unit: string;
                            /** @description Address at which anybody verifies it */
                            verify: string;
                        }[];
                    };
                };
            };
        };
    };
    get_letters_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_appointments_id_letters_view"];
                };
            };
        };
    };
    get_letters_id_pdf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
        };
    };
    get_letters_id_picture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
        };
    };
    get_letters_draft: {
        parameters: {
            query: {
                /** @description For which appointment */
                appointment: string;
                /** @description Its date; empty: today */
                issued_at?: number;
                /** @description Organisation that issues it; one in which the caller manages people */
                issuer_id: string;
                /** @description letter (unless said) or certificate */
                kind?: "letter" | "certificate";
                /** @description zh (unless said) or en */
                lang?: "zh" | "en";
                /** @description Print the organisation's seal */
                seal?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
        };
    };
    get_letters_print: {
        parameters: {
            query: {
                /** @description Which, in this order */
                letters: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
        };
    };
    post_letters_print: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Which, in this order */
                    letters: string[];
                };
            };
        };
        responses: {
            /** @description Begun as a job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job: string;
                    };
                };
            };
        };
    };
    get_mail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_mail_view"];
                };
            };
        };
    };
    put_mail: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Hour of the day of what comes once a day */
                    daily_hour: number;
                    /**
                     * @description Time limits
                     * @enum {string}
                     */
                    deadlines: "off" | "at_once" | "daily";
                    /**
                     * @description What you follow
                     * @enum {string}
                     */
                    followed: "off" | "at_once" | "daily";
                    /**
                     * @description Anything else
                     * @enum {string}
                     */
                    other: "off" | "at_once" | "daily";
                    /**
                     * @description What you reported
                     * @enum {string}
                     */
                    own: "off" | "at_once" | "daily";
                    /** @description No mail in the quiet hours */
                    quiet: boolean;
                    /** @description From this hour */
                    quiet_from?: number | null;
                    /** @description To this hour */
                    quiet_to?: number | null;
                    /**
                     * @description What waits for you
                     * @enum {string}
                     */
                    work: "off" | "at_once" | "daily";
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_mail_view"];
                };
            };
        };
    };
    delete_mail: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    put_mail_address: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Address; a code is sent there */
                    address: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_mail_view"];
                };
            };
        };
    };
    post_mail_confirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The code */
                    code: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_mail_view"];
                };
            };
        };
    };
    get_mail_server: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_mail_server_view"];
                };
            };
        };
    };
    put_mail_server: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Certificates trusted instead of the system's, PEM */
                    authority?: string | null;
                    /** @description Name or address */
                    host: string;
                    /** @description Left out it stays, as long as server, port, encryption and user do */
                    password?: string | null;
                    /** @description Port: usually 587 with starttls, 465 with tls */
                    port: number;
                    /**
                     * @description none (a server on this machine alone), starttls, tls
                     * @enum {string}
                     */
                    security: "none" | "starttls" | "tls";
                    /** @description Address it is sent from */
                    sender: string;
                    /** @description Name beside it; null: the district's */
                    sender_name?: string | null;
                    /** @description Signs in as; null: without signing in */
                    user?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_mail_server_view"];
                };
            };
        };
    };
    delete_mail_server: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_mail_server_test: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Address the test goes to */
                    to: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What the server answered last; 0: nothing */
                        answer: number;
                        /** @description Why not */
                        problem: string | null;
                        /** @description The server took it */
                        sent: boolean;
                    };
                };
            };
        };
    };
    get_needs: {
        parameters: {
            query?: {
                /** @description The page before's next */
                after?: string;
                /** @description Only in this area or below it */
                area?: string;
                /** @description Only those that grew out of this case */
                case?: string;
                /** @description Only of this category, or one below it */
                category?: string;
                /** @description At most so many (50) */
                limit?: number;
                /** @description Only those of which something is still to be taken on */
                seeking?: boolean;
                /** @description Only in this state */
                state?: "draft" | "published" | "partly" | "matched" | "under_way" | "met" | "unmet" | "withdrawn";
                /** @description Part of the line */
                text?: string;
                /** @description Only asked by this unit */
                unit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Where */
                            area_id: string;
                            /** @description Its name */
                            area_name: string;
                            /** @description Place, WGS 84 */
                            at: {
                                lat: number;
                                lon: number;
                            } | null;
                            /**
                             * Format: unix-ms
                             * @description Wanted from
                             */
                            begins_at: number | null;
                            /** @description Code of its category; see GET /exchange/categories */
                            category: string;
                            /** @description How much of it is taken on, done or confirmed */
                            claimed: number;
                            /**
                             * Format: unix-ms
                             * @description Entered
                             */
                            created_at: number;
                            /**
                             * Format: unix-ms
                             * @description Wanted until
                             */
                            ends_at: number | null;
                            /** @description How many it helps; 0: not said */
                            helps: number;
                            /** @description Need */
                            id: string;
                            /** @description The caller may change it */
                            may_manage: boolean;
                            /** @description Shown to residents */
                            public: boolean;
                            /**
                             * Format: unix-ms
                             * @description Published
                             */
                            published_at: number | null;
                            /** @description How much */
                            quantity: number;
                            /** @description Which of a row of needs that recur, the first being 1; 0: it stands alone */
                            series_no: number;
                            /**
                             * @description Where it stands
                             * @enum {string}
                             */
                            state: "draft" | "published" | "partly" | "matched" | "under_way" | "met" | "unmet" | "withdrawn";
                            /** @description In a line */
                            title: string;
                            /** @description Of what, in words */
                            unit: string | null;
                            /** @description Who asks */
                            unit_id: string;
                            /**
                             * @description area or org: who asks
                             * @enum {string}
                             */
                            unit_kind: "area" | "org";
                            /** @description Its name */
                            unit_name: string;
                            /**
                             * @description How urgent
                             * @enum {string}
                             */
                            urgency: "ordinary" | "soon" | "urgent";
                            /** @description Grows with each change */
                            version: number;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_needs: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Where; the asker's own area when not given */
                    area_id?: string | null;
                    /** @description Place, WGS 84 */
                    at?: {
                        lat: number;
                        lon: number;
                    } | null;
                    /**
                     * Format: unix-ms
                     * @description Wanted from
                     */
                    begins_at?: number | null;
                    /** @description Case it grew out of, which the caller sees */
                    case_id?: string | null;
                    /** @description Code of its category */
                    category: string;
                    /**
                     * Format: unix-ms
                     * @description Wanted until
                     */
                    ends_at?: number | null;
                    /** @description It recurs after so many weeks, with the same window; begins_at and ends_at are needed */
                    every_weeks?: number | null;
                    /** @description How many it helps: a number, never names */
                    helps?: number | null;
                    /** @description What would count as met */
                    met_when?: string | null;
                    /** @description Shown to residents */
                    public?: boolean | null;
                    /** @description At once, not as a draft */
                    publish?: boolean | null;
                    /** @description How much */
                    quantity: number;
                    /** @description In the asker's words; no names of people helped */
                    text?: string | null;
                    /** @description So many times in all, each a need of its own */
                    times?: number | null;
                    /** @description In a line */
                    title: string;
                    /** @description Of what, in words */
                    unit?: string | null;
                    /** @description Who asks */
                    unit_id: string;
                    /**
                     * @description area or org: who asks
                     * @enum {string}
                     */
                    unit_kind: "area" | "org";
                    /**
                     * @description How urgent; ordinary when not given
                     * @enum {string|null}
                     */
                    urgency?: "ordinary" | "soon" | "urgent" | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_needs_id_view"];
                };
            };
        };
    };
    get_needs_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_needs_id_view"];
                };
            };
        };
    };
    patch_needs_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Where; the asker's own area when not given */
                    area_id?: string | null;
                    /** @description Place, WGS 84 */
                    at?: {
                        lat: number;
                        lon: number;
                    } | null;
                    /**
                     * Format: unix-ms
                     * @description Wanted from
                     */
                    begins_at?: number | null;
                    /** @description Code of its category */
                    category?: string | null;
                    /**
                     * Format: unix-ms
                     * @description Wanted until
                     */
                    ends_at?: number | null;
                    /** @description How many it helps: a number, never names */
                    helps?: number | null;
                    /** @description What would count as met */
                    met_when?: string | null;
                    /** @description Shown to residents */
                    public?: boolean | null;
                    /** @description How much */
                    quantity?: number | null;
                    /** @description In the asker's words; no names of people helped */
                    text?: string | null;
                    /** @description In a line */
                    title?: string | null;
                    /** @description Of what, in words */
                    unit?: string | null;
                    /**
                     * @description How urgent; ordinary when not given
                     * @enum {string|null}
                     */
                    urgency?: "ordinary" | "soon" | "urgent" | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_needs_id_view"];
                };
            };
        };
    };
    post_needs_id_claims: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: unix-ms
                     * @description Hold the resource from; needed for one that is free again after use
                     */
                    begins_at?: number | null;
                    /**
                     * Format: unix-ms
                     * @description To be done by
                     */
                    due_at: number;
                    /**
                     * Format: unix-ms
                     * @description Hold the resource until, exclusive
                     */
                    ends_at?: number | null;
                    /** @description The part of it that is held back for an agreement; else only what is free is taken */
                    hold_id?: string | null;
                    /** @description Who takes it on */
                    org_id: string;
                    /** @description How much of the need */
                    quantity: number;
                    /** @description With what; it is reserved */
                    resource_id?: string | null;
                    /** @description Who comes */
                    who?: string | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_needs_id_view"];
                };
            };
        };
    };
    get_needs_id_matches: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description What could answer it */
                            resource: {
                                /** @description Free again after each use */
                                again: boolean;
                                /** @description Area it serves */
                                area_id: string;
                                /** @description Its name */
                                area_name: string;
                                /** @description Place, WGS 84 */
                                at: {
                                    lat: number;
                                    lon: number;
                                } | null;
                                /**
                                 * Format: unix-ms
                                 * @description Offered from
                                 */
                                begins_at: number | null;
                                /** @description Code of its category */
                                category: string;
                                /** @description Minute of the day until which it is free; 0: midnight */
                                closes: number;
                                /**
                                 * Format: unix-ms
                                 * @description Entered
                                 */
                                created_at: number;
                                /** @description Days of the week, 1 Monday to 7 Sunday, such as 12345; null: any */
                                days: string | null;
                                /**
                                 * Format: unix-ms
                                 * @description Offered until
                                 */
                                ends_at: number | null;
                                /** @description How much is free: what is left, or of what is free again the whole */
                                free: number;
                                /** @description Resource */
                                id: string;
                                /** @description The caller may change it and take on needs with it */
                                may_manage: boolean;
                                /** @description Minute of the day from which it is free */
                                opens: number;
                                /** @description Whose */
                                org_id: string;
                                /** @description Its name */
                                org_name: string;
                                /** @description Shown to residents */
                                public: boolean;
                                /** @description How much */
                                quantity: number;
                                /**
                                 * @description Where it stands
                                 * @enum {string}
                                 */
                                state: "offered" | "paused" | "used_up" | "withdrawn";
                                /** @description In a line */
                                title: string;
                                /** @description Of what, in words */
                                unit: string | null;
                                /** @description Grows with each change */
                                version: number;
                            };
                            /** @description 0 to 100 */
                            score: number;
                            /** @description Why */
                            why: {
                                /** @description What it did not keep */
                                failed: number;
                                /** @description How much is free */
                                free: number;
                                /** @description It can be had when it is needed */
                                in_time: boolean;
                                /** @description What the organisation took on and kept */
                                kept: number;
                                /** @description How far it is */
                                metres: number;
                                /** @description Both have a place, so that metres counts */
                                placed: boolean;
                                /** @description Exactly the category asked for, not the one above or below */
                                same_category: boolean;
                                /** @description How much is still to be taken on */
                                wanted: number;
                            };
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_needs_id_met: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_needs_id_view"];
                };
            };
        };
    };
    post_needs_id_publish: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_needs_id_view"];
                };
            };
        };
    };
    post_needs_id_unmet: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_needs_id_view"];
                };
            };
        };
    };
    post_needs_id_withdraw: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of a row that recurs those that come after it as well, but for those on which somebody works */
                    following?: boolean | null;
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_needs_id_view"];
                };
            };
        };
    };
    get_network: {
        parameters: {
            query?: {
                /** @description Only members of this alliance, and only while both were in */
                alliance?: string;
                /** @description Only organisations that belong to this area or below it, and whom they worked with */
                area?: string;
                /** @description Calls from then on; empty: a year before the end */
                from?: number;
                /** @description Calls before then; empty: now */
                to?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Of these, answered */
                        answered: number;
                        /** @description Calls of one to another's case */
                        calls: number;
                        /** @description Cases on which at least two of them worked */
                        cases: number;
                        /** @description Who works with whom */
                        edges: {
                            /** @description Position of one organisation among the nodes */
                            a: number;
                            /** @description Alliances both were in at the same time */
                            alliances: number;
                            /** @description Of these, answered */
                            answered: number;
                            /** @description Of the other; after a */
                            b: number;
                            /** @description Times one was called to the other's case */
                            calls: number;
                            /** @description Cases on which both worked */
                            cases: number;
                        }[];
                        /**
                         * Format: unix-ms
                         * @description Beginning of the period
                         */
                        from: number;
                        /** @description Organisations */
                        nodes: {
                            /** @description Area it belongs to */
                            area_id: string | null;
                            /** @description Its name */
                            area_name: string | null;
                            /** @description Cases on which it worked with another */
                            cases: number;
                            /** @description Organisation */
                            id: string;
                            /** @description Its kind */
                            kind: string;
                            /** @description Its name */
                            name: string;
                        }[];
                        /** @description Of these, still open */
                        open: number;
                        /**
                         * Format: unix-ms
                         * @description Its end, exclusive
                         */
                        to: number;
                    };
                };
            };
        };
    };
    get_network_cases: {
        parameters: {
            query?: {
                /** @description Only members of this alliance, and only while both were in */
                alliance?: string;
                /** @description Only organisations that belong to this area or below it, and whom they worked with */
                area?: string;
                /** @description Calls from then on; empty: a year before the end */
                from?: number;
                /** @description Only where a call is still open */
                open?: boolean;
                /** @description Only what this organisation had a part in */
                org?: string;
                /** @description Only what it had together with this one */
                other?: string;
                /** @description Only those on which both worked: it was handled, or they answered */
                shared?: boolean;
                /** @description Calls before then; empty: now */
                to?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Of the newest 1,000: how many the caller may not see */
                        hidden: number;
                        /** @description Those the caller may see, newest first, at most 200 */
                        items: components["schemas"]["get_cases_view"][];
                        /** @description All there are */
                        total: number;
                    };
                };
            };
        };
    };
    get_notices: {
        parameters: {
            query?: {
                /** @description Cursor of the page before */
                after?: string;
                /** @description At most so many (50) */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: unix-ms
                             * @description When
                             */
                            created_at: number;
                            /** @description Notice */
                            id: string;
                            /** @description Such as case.dispatched */
                            kind: string;
                            /** @description Which */
                            object_id: string;
                            /** @description What it is about, such as case */
                            object_kind: string;
                            /** @description Words of the text */
                            params: unknown;
                            /**
                             * Format: unix-ms
                             * @description When it was read
                             */
                            read_at: number | null;
                            /** @description A sentence in the reader's language */
                            text: string;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_notices_count: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Unread notices; 100 means 100 or more */
                        unread: number;
                    };
                };
            };
        };
    };
    get_notices_failed: {
        parameters: {
            query?: {
                /** @description Cursor of the page before */
                after?: string;
                /** @description At most so many (50) */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description in_app, mail, webhook */
                            channel: string;
                            /**
                             * Format: unix-ms
                             * @description When it was written
                             */
                            created_at: number;
                            /**
                             * Format: unix-ms
                             * @description When it was given up
                             */
                            failed_at: number | null;
                            /** @description Message */
                            id: string;
                            /** @description Such as case.dispatched */
                            kind: string;
                            /** @description Which */
                            object_id: string;
                            /** @description What it is about */
                            object_kind: string;
                            /** @description To whom, and words for the text */
                            params: unknown;
                            /** @description What went wrong last */
                            problem: string | null;
                            /** @description Attempts */
                            tries: number;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_notices_failed_id_retry: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_notices_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The newest notice that was seen; it and all before it count as read */
                    up_to: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_orgs: {
        parameters: {
            query?: {
                /** @description Cursor of the page before */
                after?: string;
                /** @description Only those that belong to this area or one below it */
                area?: string;
                /** @description Those no longer in use as well */
                closed?: boolean;
                /** @description Only those that hold something in this field of their kind */
                field?: string;
                /** @description Only of this kind */
                kind?: string;
                /** @description At most so many; 200 when not given */
                limit?: number;
                /** @description Only what lies directly under this organisation */
                parent?: string;
                /** @description Only those that serve this area */
                serves?: string;
                /** @description Part of the name, or beginning of the code */
                text?: string;
                /** @description … and this there: words anywhere in a text, all else exactly */
                value?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_orgs_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_orgs: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Area it belongs to, such as the street of a street office */
                    area_id?: string | null;
                    /** @description Unified social credit code; one that does not check is kept, and marked */
                    code?: string | null;
                    /** @description Telephone; stored encrypted */
                    contact?: string | null;
                    /** @description Kind; see GET /orgs/kinds */
                    kind: string;
                    /** @description Name */
                    name: string;
                    /** @description Organisation above */
                    parent_id?: string | null;
                    /** @description Shown in the public directory */
                    public?: boolean | null;
                    /** @description Fields of its kind: those given change */
                    values?: {
                        /** @description Code of the field */
                        code: string;
                        /** @description Value: 12.5, 2026-03-01, yes or no, the code of a choice, text; empty: none */
                        value?: string | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_orgs_id_view"];
                };
            };
        };
    };
    get_orgs_csv: {
        parameters: {
            query?: {
                /** @description Cursor of the page before */
                after?: string;
                /** @description Only those that belong to this area or one below it */
                area?: string;
                /** @description Those no longer in use as well */
                closed?: boolean;
                /** @description Only those that hold something in this field of their kind */
                field?: string;
                /** @description Only of this kind */
                kind?: string;
                /** @description At most so many; 200 when not given */
                limit?: number;
                /** @description Only what lies directly under this organisation */
                parent?: string;
                /** @description Only those that serve this area */
                serves?: string;
                /** @description Part of the name, or beginning of the code */
                text?: string;
                /** @description … and this there: words anywhere in a text, all else exactly */
                value?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
        };
    };
    get_orgs_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_orgs_id_view"];
                };
            };
        };
    };
    patch_orgs_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Unified social credit code; one that does not check is kept, and marked */
                    code?: string | null;
                    /** @description Telephone; stored encrypted */
                    contact?: string | null;
                    /** @description Kind; see GET /orgs/kinds */
                    kind?: string | null;
                    /** @description Name */
                    name?: string | null;
                    /** @description Shown in the public directory */
                    public?: boolean | null;
                    /** @description Fields of its kind: those given change */
                    values?: {
                        /** @description Code of the field */
                        code: string;
                        /** @description Value: 12.5, 2026-03-01, yes or no, the code of a choice, text; empty: none */
                        value?: string | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_orgs_id_view"];
                };
            };
        };
    };
    get_orgs_id_alliances: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Alliance */
                            id: string;
                            /** @description Its name */
                            name: string;
                            /** @description Role; see setting alliance.roles */
                            role: string;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    put_orgs_id_areas: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description All areas it serves from now on */
                    areas: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_orgs_id_view"];
                };
            };
        };
    };
    post_orgs_id_close: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post_orgs_id_move_view"];
                };
            };
        };
    };
    post_orgs_id_contact: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What it is needed for; stands in the audit record */
                    why?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post_orgs_id_contacts_contact_phone_view"];
                };
            };
        };
    };
    post_orgs_id_contacts: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What they are there for */
                    duty?: string | null;
                    /** @description Name */
                    name: string;
                    /** @description Telephone or mail; stored encrypted */
                    phone?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_orgs_id_view"];
                };
            };
        };
    };
    delete_orgs_id_contacts_contact: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                contact: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_orgs_id_view"];
                };
            };
        };
    };
    patch_orgs_id_contacts_contact: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                contact: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What they are there for */
                    duty?: string | null;
                    /** @description Name */
                    name?: string | null;
                    /** @description Telephone or mail; stored encrypted */
                    phone?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_orgs_id_view"];
                };
            };
        };
    };
    post_orgs_id_contacts_contact_phone: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                contact: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What it is needed for; stands in the audit record */
                    why?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post_orgs_id_contacts_contact_phone_view"];
                };
            };
        };
    };
    get_orgs_id_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description What, such as org.move */
                            action: string;
                            /**
                             * Format: unix-ms
                             * @description When
                             */
                            at: number;
                            /** @description Before and after, secrets left out */
                            detail: unknown;
                            /** @description Who; null: the terminal */
                            who: string | null;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_orgs_id_holds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description How many */
                            count: number;
                            /** @description It cannot be closed while there are any */
                            holds: boolean;
                            /**
                             * @description children: organisations below; posts: appointments; cases, calls: open ones; rules that send to it; leads: alliances it leads; catch_all: what lies outside every area goes to it; seats in alliances; services: areas it serves or will; contacts; needs, claims: open ones; offers: resources on the list; projects: open ones that it runs or owes money to; agreements it is a party of that have not ended
                             * @enum {string}
                             */
                            what: "children" | "posts" | "cases" | "calls" | "rules" | "leads" | "catch_all" | "seats" | "services" | "contacts" | "needs" | "claims" | "offers" | "projects" | "agreements";
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_orgs_id_merge: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Only tell what goes over and what changes for whom */
                    dry_run?: boolean | null;
                    /** @description Organisation it becomes part of */
                    into: string;
                    /** @description Why; in the story of each case that goes over */
                    reason?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post_orgs_id_move_view"];
                };
            };
        };
    };
    post_orgs_id_move: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Area it belongs to from now on; null: none; not given: as before */
                    area_id?: string | null;
                    /** @description Only tell what would change for whom */
                    dry_run?: boolean | null;
                    /** @description Organisation above from now on; null: none; not given: as before */
                    parent_id?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post_orgs_id_move_view"];
                };
            };
        };
    };
    post_orgs_id_services: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Area */
                    area_id: string;
                    /**
                     * Format: unix-ms
                     * @description From; empty: now
                     */
                    from?: number | null;
                    /**
                     * Format: unix-ms
                     * @description Until, exclusive, such as the end of a contract; empty: open
                     */
                    to?: number | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_orgs_id_view"];
                };
            };
        };
    };
    post_orgs_id_services_end: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Area */
                    area_id: string;
                    /**
                     * Format: unix-ms
                     * @description Until, exclusive; empty: now
                     */
                    to?: number | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_orgs_id_view"];
                };
            };
        };
    };
    get_orgs_chains: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Stable name */
                            code: string;
                            /** @description English name */
                            en: string;
                            /** @description From above */
                            levels: {
                                /** @description Kind of the areas that get one each */
                                area: string;
                                /** @description Kind of the organisations on this level */
                                kind: string;
                                /** @description Their name: {area}, {above} the area of the level above, {community} */
                                name: string;
                            }[];
                            /** @description Chinese name */
                            zh: string;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_orgs_kinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description It may lie under any kind */
                            anywhere: boolean;
                            /** @description Stable name */
                            code: string;
                            /** @description English name */
                            en: string;
                            /** @description What it holds beside its name */
                            fields: {
                                /** @description Of type choice */
                                choices: {
                                    /** @description Stable name */
                                    code: string;
                                    /** @description English name */
                                    en: string;
                                    /** @description Chinese name */
                                    zh: string;
                                }[];
                                /** @description Stable name */
                                code: string;
                                /** @description English label */
                                en: string;
                                /** @description Residents see it of a public organisation; else only staff */
                                public: boolean;
                                /** @description An organisation of this kind has to have it */
                                required: boolean;
                                /**
                                 * @description What it takes
                                 * @enum {string}
                                 */
                                type: "text" | "long_text" | "number" | "date" | "choice" | "yes_no";
                                /** @description Chinese label */
                                zh: string;
                            }[];
                            /** @description Else: kinds it may lie under */
                            under: string[];
                            /** @description Chinese name */
                            zh: string;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_orgs_tree: {
        parameters: {
            query?: {
                /** @description Only so many levels from the top; child_count says what lies below */
                levels?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_orgs_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_people: {
        parameters: {
            query?: {
                /** @description The page before's next */
                after?: string;
                /** @description At most so many (50) */
                limit?: number;
                /** @description Part of the name; or a whole telephone */
                text?: string;
                /** @description Only with a post or role at this unit or below it */
                unit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_people_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_people: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Telephone or mail address; kept encrypted */
                    contact?: string | null;
                    /** @description Name */
                    name: string;
                    /** @description First post; needed from who does not manage the whole district */
                    post?: string | null;
                    /** @description A post of theirs may be shown publicly */
                    public?: boolean | null;
                    /** @description Where */
                    unit_id?: string | null;
                    /**
                     * @description Where: area or org
                     * @enum {string|null}
                     */
                    unit_kind?: "area" | "org" | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_people_view"];
                };
            };
        };
    };
    get_people_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_people_view"];
                };
            };
        };
    };
    patch_people_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Telephone or mail address; kept encrypted */
                    contact?: string | null;
                    /** @description Name */
                    name?: string | null;
                    /** @description A post of theirs may be shown publicly */
                    public?: boolean | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_people_view"];
                };
            };
        };
    };
    post_people_id_account: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description First password; empty: one is made and shown once */
                    password?: string | null;
                    /** @description Name typed at sign-in */
                    sign_in_name: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post_people_id_account_view"];
                };
            };
        };
    };
    get_people_id_appointments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_appointments_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_people_id_appointments: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: unix-ms
                     * @description From; empty: now
                     */
                    from?: number | null;
                    /** @description Number of a letter that is on paper already */
                    letter_no?: string | null;
                    /** @description Code of the post */
                    post: string;
                    /**
                     * Format: unix-ms
                     * @description Until, exclusive; not given: by the post's usual term; null: open
                     */
                    to?: number | null;
                    /** @description Which */
                    unit_id: string;
                    /**
                     * @description At an area or an organisation
                     * @enum {string}
                     */
                    unit_kind: "area" | "org";
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_appointments_view"];
                };
            };
        };
    };
    post_people_id_assignments: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: unix-ms
                     * @description From; empty: now
                     */
                    from?: number | null;
                    /** @description Code of the role */
                    role: string;
                    /**
                     * Format: unix-ms
                     * @description Until, exclusive; empty: open
                     */
                    to?: number | null;
                    /** @description Where: its subtree is meant */
                    unit_id: string;
                    /**
                     * @description area or org
                     * @enum {string}
                     */
                    unit_kind: "area" | "org";
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Assignment */
                        id: string;
                    };
                };
            };
        };
    };
    post_people_id_contact: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What for; kept in the audit record */
                    why?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Contact in full; null: none is known */
                        contact: string | null;
                        /** @description Name */
                        name: string;
                    };
                };
            };
        };
    };
    get_phone_codes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Seconds between two codes to a number */
                        again_after: number;
                        /** @description A telephone that is left without an account must be verified */
                        demanded: boolean;
                        /** @description A gateway is set: a code can be sent */
                        offered: boolean;
                    };
                };
            };
        };
    };
    post_phone_codes: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A mobile telephone; a code is sent there */
                    phone: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Seconds until another may be sent */
                        again_after: number;
                        /** @description Of this code */
                        id: string;
                        /**
                         * Format: unix-ms
                         * @description When it ends
                         */
                        until: number;
                    };
                };
            };
        };
    };
    post_phone_codes_id_check: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The six digits */
                    code: string;
                    /** @description The telephone it was sent to */
                    phone: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description For contact_proof of a report that leaves this telephone */
                        proof: string;
                        /**
                         * Format: unix-ms
                         * @description When it ends
                         */
                        until: number;
                    };
                };
            };
        };
    };
    get_phone_gateway: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_phone_gateway_view"];
                };
            };
        };
    };
    put_phone_gateway: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What is sent: {phone} and {code} must stand in it; {minutes} and {secret} may */
                    body: string;
                    /**
                     * @description json, or form: name=value&name=value, encoded when it is sent
                     * @enum {string}
                     */
                    format: "json" | "form";
                    /** @description A good answer holds this text; null: any 2xx is good */
                    good?: string | null;
                    /** @description A header of its own, such as Authorization: Bearer {secret} */
                    header?: string | null;
                    /** @description Its key, for {secret}. Left out it stays, as long as url is left out too */
                    secret?: string | null;
                    /** @description Where it is asked, by POST; https, of a public address. Left out it stays */
                    url?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_phone_gateway_view"];
                };
            };
        };
    };
    delete_phone_gateway: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_phone_gateway_test: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Telephone the test goes to */
                    phone: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Status of its answer; 0: none */
                        answer: number;
                        /** @description Why not */
                        problem: string | null;
                        /** @description The gateway took it */
                        sent: boolean;
                    };
                };
            };
        };
    };
    get_pledges_id_works: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: unix-ms
                             * @description When it was done
                             */
                            at: number;
                            /** @description Claim that was confirmed */
                            claim_id: string;
                            /** @description Need */
                            need_id: string;
                            /** @description Who gave */
                            org_id: string;
                            /** @description Its name */
                            org_name: string;
                            /** @description How much */
                            quantity: number;
                            /** @description The need, in a line */
                            title: string;
                            /** @description For whom */
                            unit_name: string | null;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_posts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_posts_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_posts: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Stable name: small letters, digits and _ */
                    code: string;
                    /** @description The same in English */
                    duty_en?: string | null;
                    /** @description What its holder does, as a letter says it */
                    duty_zh?: string | null;
                    /** @description English name */
                    name_en: string;
                    /** @description Chinese name */
                    name_zh: string;
                    /** @description Its holders may be shown in the public directory, if they agreed */
                    public?: boolean | null;
                    /** @description Usual term in months; 0: open */
                    term_months?: number | null;
                    /** @description Kinds of areas and organisations it may be held at; empty: any */
                    unit_kinds?: string[];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_posts_view"];
                };
            };
        };
    };
    patch_posts_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Nobody is appointed to it any more */
                    closed?: boolean | null;
                    /** @description The same in English */
                    duty_en?: string | null;
                    /** @description What its holder does, as a letter says it */
                    duty_zh?: string | null;
                    /** @description English name */
                    name_en?: string | null;
                    /** @description Chinese name */
                    name_zh?: string | null;
                    /** @description Its holders may be shown in the public directory, if they agreed */
                    public?: boolean | null;
                    /** @description Usual term in months; 0: open */
                    term_months?: number | null;
                    /** @description Kinds of areas and organisations it may be held at; empty: any */
                    unit_kinds?: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_posts_view"];
                };
            };
        };
    };
    post_project_entries_id_strike: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    delete_project_milestones_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    patch_project_milestones_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: unix-ms
                     * @description By when
                     */
                    due_at?: number | null;
                    /** @description Organisation of the team that answers for it */
                    org_id?: string | null;
                    /** @description Person of the team who answers for it */
                    person_id?: string | null;
                    /** @description What will be done */
                    title?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    post_project_milestones_id_done: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_project_milestones_id_done_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    delete_project_sources_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    patch_project_sources_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description For what, on which conditions */
                    note?: string | null;
                    /** @description Organisation that gives it; or */
                    org_id?: string | null;
                    /** @description How much it promises, fen */
                    promised?: number | null;
                    /** @description who gives it, in words */
                    who?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    post_project_sources_id_payments: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_projects_id_spending_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    get_projects: {
        parameters: {
            query?: {
                /** @description The page before's next */
                after?: string;
                /** @description Only for this area or one below it */
                area?: string;
                /** @description Only of this kind */
                kind?: string;
                /** @description Only those that are late */
                late?: boolean;
                /** @description At most so many (50) */
                limit?: number;
                /** @description Only those that this need is part of */
                need?: string;
                /** @description Only those that have not ended */
                open?: boolean;
                /** @description Only in this state */
                state?: "draft" | "planned" | "under_way" | "for_acceptance" | "accepted" | "abandoned";
                /** @description Part of the line */
                text?: string;
                /** @description Only run by this unit, or one below it */
                unit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Whom it is for */
                            area_id: string;
                            /** @description Its name */
                            area_name: string;
                            /**
                             * Format: unix-ms
                             * @description Planned beginning
                             */
                            begins_at: number | null;
                            /** @description Cases that are part of it */
                            cases: number;
                            /**
                             * Format: unix-ms
                             * @description Entered
                             */
                            created_at: number;
                            /**
                             * Format: unix-ms
                             * @description Planned end
                             */
                            due_at: number | null;
                            /** @description Project */
                            id: string;
                            /** @description Code of its kind; see GET /projects/kinds */
                            kind: string;
                            /** @description A milestone or the planned end is over and it is not done */
                            late: boolean;
                            /** @description The caller runs it */
                            may_manage: boolean;
                            /**
                             * Format: unix-ms
                             * @description When the next milestone is due
                             */
                            next_due: number | null;
                            /** @description Money that came in, fen */
                            paid: number;
                            /** @description Money promised, fen */
                            promised: number;
                            /** @description Shown to residents */
                            public: boolean;
                            /** @description Money spent, fen */
                            spent: number;
                            /**
                             * @description Where it stands
                             * @enum {string}
                             */
                            state: "draft" | "planned" | "under_way" | "for_acceptance" | "accepted" | "abandoned";
                            /** @description Milestones */
                            steps: number;
                            /** @description Of these, done */
                            steps_done: number;
                            /** @description Of these, late */
                            steps_late: number;
                            /** @description In a line */
                            title: string;
                            /** @description Who runs it */
                            unit_id: string;
                            /**
                             * @description area or org: who runs it
                             * @enum {string}
                             */
                            unit_kind: "area" | "org";
                            /** @description Its name */
                            unit_name: string;
                            /**
                             * Format: unix-ms
                             * @description Last changed
                             */
                            updated_at: number;
                            /** @description Grows with each change */
                            version: number;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_projects: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Whom it is for; when not given the area of its cases, else the unit's own */
                    area_id?: string | null;
                    /**
                     * Format: unix-ms
                     * @description Planned beginning
                     */
                    begins_at?: number | null;
                    /** @description Cases that it grows out of, which the caller sees */
                    cases?: string[];
                    /**
                     * Format: unix-ms
                     * @description Planned end
                     */
                    due_at?: number | null;
                    /** @description Code of its kind */
                    kind: string;
                    /** @description Needs that it is for */
                    needs?: string[];
                    /** @description Shown to residents */
                    public?: boolean | null;
                    /** @description What is to be done and why; no names of reporters */
                    text?: string | null;
                    /** @description In a line */
                    title: string;
                    /** @description Who runs it */
                    unit_id: string;
                    /**
                     * @description area or org: who runs it
                     * @enum {string}
                     */
                    unit_kind: "area" | "org";
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    get_projects_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    patch_projects_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Whom it is for; when not given the area of its cases, else the unit's own */
                    area_id?: string | null;
                    /**
                     * Format: unix-ms
                     * @description Planned beginning
                     */
                    begins_at?: number | null;
                    /**
                     * Format: unix-ms
                     * @description Planned end
                     */
                    due_at?: number | null;
                    /** @description Code of its kind */
                    kind?: string | null;
                    /** @description Shown to residents */
                    public?: boolean | null;
                    /** @description What is to be done and why; no names of reporters */
                    text?: string | null;
                    /** @description In a line */
                    title?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    post_projects_id_abandon: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    post_projects_id_accept: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What was found; the reporters of its cases read it */
                    text: string;
                    /** @description Needed when somebody said no: why it is accepted all the same; for staff */
                    why?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    post_projects_id_answers: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Is it as it should be?
                     * @enum {string}
                     */
                    answer: "yes" | "no";
                    /** @description Whose reporter was called */
                    case_id: string;
                    /** @description In words */
                    said?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    post_projects_id_links: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Cases that the caller sees */
                    cases?: string[];
                    /** @description Needs */
                    needs?: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    post_projects_id_milestones: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: unix-ms
                     * @description By when
                     */
                    due_at: number;
                    /** @description Organisation of the team that answers for it */
                    org_id?: string | null;
                    /** @description Person of the team who answers for it */
                    person_id?: string | null;
                    /** @description What will be done */
                    title: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    post_projects_id_plan: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    post_projects_id_progress: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_project_milestones_id_done_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    post_projects_id_refuse: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What is not as it should be */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    post_projects_id_sources: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description For what, on which conditions */
                    note?: string | null;
                    /** @description Organisation that gives it; or */
                    org_id?: string | null;
                    /** @description Pledge of an agreement in force that it keeps; whoever promised it gives it */
                    pledge_id?: string | null;
                    /** @description How much it promises, fen */
                    promised: number;
                    /** @description who gives it, in words */
                    who?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    post_projects_id_spending: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_projects_id_spending_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    post_projects_id_start: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    post_projects_id_submit: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    put_projects_id_team: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The whole team; whoever is not in it leaves it */
                    members: {
                        /** @description What they look after */
                        duty?: string | null;
                        /** @description an organisation */
                        org_id?: string | null;
                        /** @description Person with an account; or */
                        person_id?: string | null;
                        /**
                         * @description lead, captain, liaison (a person, one of each) or member
                         * @enum {string}
                         */
                        role: "lead" | "captain" | "liaison" | "member";
                    }[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    post_projects_id_unlink: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Which */
                    id: string;
                    /**
                     * @description case or need
                     * @enum {string}
                     */
                    kind: "case" | "need";
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_projects_id_view"];
                };
            };
        };
    };
    get_projects_figures: {
        parameters: {
            query?: {
                /** @description The page before's next */
                after?: string;
                /** @description Only for this area or one below it */
                area?: string;
                /** @description Only of this kind */
                kind?: string;
                /** @description Only those that are late */
                late?: boolean;
                /** @description At most so many (50) */
                limit?: number;
                /** @description Only those that this need is part of */
                need?: string;
                /** @description Only those that have not ended */
                open?: boolean;
                /** @description Only in this state */
                state?: "draft" | "planned" | "under_way" | "for_acceptance" | "accepted" | "abandoned";
                /** @description Part of the line */
                text?: string;
                /** @description Only run by this unit, or one below it */
                unit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Cases that are part of them */
                        cases: number;
                        /** @description Of these, late */
                        late: number;
                        /** @description Money that came in, fen */
                        paid: number;
                        /** @description Projects */
                        projects: number;
                        /** @description Money promised, fen */
                        promised: number;
                        /** @description Money spent, fen */
                        spent: number;
                        /** @description Milestones that are late */
                        steps_late: number;
                    };
                };
            };
        };
    };
    get_projects_kinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Stable name */
                            code: string;
                            /** @description English name */
                            en: string;
                            /** @description Chinese name */
                            zh: string;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_public_alliances: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Area it is for */
                            area_name: string | null;
                            /** @description Brand it works under */
                            brand: string | null;
                            /** @description Id */
                            id: string;
                            /** @description Kind, English */
                            kind_en: string;
                            /** @description Kind, Chinese */
                            kind_zh: string;
                            /** @description Who leads; null: an organisation that is not public */
                            lead_name: string | null;
                            /**
                             * @description Level
                             * @enum {string}
                             */
                            level: "district" | "street" | "community";
                            /** @description Organisations that are in */
                            members: number;
                            /** @description Name */
                            name: string;
                            /**
                             * Format: unix-ms
                             * @description Founded
                             */
                            valid_from: number;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_public_alliances_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Of these, answered */
                        answered: number;
                        /** @description Area it is for */
                        area_name: string | null;
                        /** @description Brand it works under */
                        brand: string | null;
                        /** @description Calls of one to another's case in that time */
                        calls: number;
                        /** @description Cases of the last 365 days on which at least two of them worked */
                        cases: number;
                        /** @description The charter in force */
                        charter: string | null;
                        /** @description Id */
                        id: string;
                        /** @description Kind, English */
                        kind_en: string;
                        /** @description Kind, Chinese */
                        kind_zh: string;
                        /** @description Who leads; null: an organisation that is not public */
                        lead_name: string | null;
                        /**
                         * @description Level
                         * @enum {string}
                         */
                        level: "district" | "street" | "community";
                        /** @description Organisations that are in */
                        members: number;
                        /** @description Name */
                        name: string;
                        /** @description Members that are public, the lead first */
                        organisations: {
                            /** @description Its kind */
                            kind: string;
                            /** @description Organisation */
                            name: string;
                            /** @description Role, English */
                            role_en: string;
                            /** @description Role, Chinese */
                            role_zh: string;
                        }[];
                        /**
                         * Format: unix-ms
                         * @description Founded
                         */
                        valid_from: number;
                    };
                };
            };
        };
    };
    get_public_cases_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Approximate place: the grid or community */
                        area_name: string | null;
                        /** @description Category */
                        category: {
                            /** @description Id */
                            id: string;
                            /** @description English name */
                            name_en: string | null;
                            /** @description Chinese name */
                            name_zh: string | null;
                        } | null;
                        /**
                         * Format: unix-ms
                         * @description When it was closed or rejected
                         */
                        closed_at: number | null;
                        /** @description Number people say */
                        code: string;
                        /** @description The case into which this one was merged */
                        merged_into: {
                            /** @description The case */
                            about: {
                                /** @description Approximate place: the grid or community */
                                area_name: string | null;
                                /** @description Category */
                                category: {
                                    /** @description Id */
                                    id: string;
                                    /** @description English name */
                                    name_en: string | null;
                                    /** @description Chinese name */
                                    name_zh: string | null;
                                } | null;
                                /**
                                 * Format: unix-ms
                                 * @description When it was closed, rejected or merged
                                 */
                                closed_at: number | null;
                                /** @description Number people say */
                                code: string;
                                /** @description Case; null for whoever may not read it */
                                id: string | null;
                                /**
                                 * @description Outcome of a closed case
                                 * @enum {string|null}
                                 */
                                outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                                /** @description Text and photos are public */
                                released: boolean;
                                /**
                                 * Format: unix-ms
                                 * @description When it was reported
                                 */
                                reported_at: number;
                                /**
                                 * @description State
                                 * @enum {string}
                                 */
                                state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
                                /** @description First words: when released, or for staff */
                                title: string | null;
                            };
                            /** @description Its seven steps with their dates */
                            steps: {
                                /**
                                 * Format: unix-ms
                                 * @description When it was done
                                 */
                                at: number | null;
                                /** @description By whom */
                                by: string | null;
                                /**
                                 * Format: unix-ms
                                 * @description When it is due
                                 */
                                due_at: number | null;
                                /**
                                 * @description Done, under way, or to do
                                 * @enum {string|null}
                                 */
                                state: "done" | "now" | "ahead" | null;
                                /**
                                 * @description Step of the loop
                                 * @enum {string|null}
                                 */
                                step: "report" | "accept" | "dispatch" | "handle" | "verify" | "close" | "rate" | null;
                            }[];
                        } | null;
                        /**
                         * @description Outcome of a closed case
                         * @enum {string|null}
                         */
                        outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                        /** @description Photos, when released */
                        photos: {
                            /** @description File */
                            id: string;
                            /** @description Step it belongs to */
                            seq: number;
                            /**
                             * @description What it shows
                             * @enum {string|null}
                             */
                            stage: "report" | "before" | "after" | "other" | null;
                        }[];
                        /**
                         * Format: unix-ms
                         * @description When it was reported
                         */
                        reported_at: number;
                        /**
                         * @description State
                         * @enum {string}
                         */
                        state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
                        /** @description The seven steps with their dates */
                        steps: {
                            /**
                             * Format: unix-ms
                             * @description When it was done
                             */
                            at: number | null;
                            /** @description By whom */
                            by: string | null;
                            /**
                             * Format: unix-ms
                             * @description When it is due
                             */
                            due_at: number | null;
                            /**
                             * @description Done, under way, or to do
                             * @enum {string|null}
                             */
                            state: "done" | "now" | "ahead" | null;
                            /**
                             * @description Step of the loop
                             * @enum {string|null}
                             */
                            step: "report" | "accept" | "dispatch" | "handle" | "verify" | "close" | "rate" | null;
                        }[];
                        /** @description Text, when released */
                        text: string | null;
                        /** @description First words, when released */
                        title: string | null;
                    };
                };
            };
        };
    };
    get_public_directory: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_public_directory_view"];
                };
            };
        };
    };
    get_public_directory_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_public_directory_view"];
                };
            };
        };
    };
    get_public_directory_find: {
        parameters: {
            query: {
                /** @description Part of a name, or how it is said: wutongli, wtl */
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Names of the areas above it, from the district down */
                            above: string | null;
                            /** @description Where to go */
                            address: string | null;
                            /** @description Its place, WGS 84 */
                            at: {
                                lat: number;
                                lon: number;
                            } | null;
                            /** @description When it is open, in words */
                            hours: string | null;
                            /** @description Area or organisation */
                            id: string;
                            /** @description Its kind */
                            kind: string;
                            /** @description How far it is; 0 where nobody asked */
                            metres: number;
                            /** @description Name */
                            name: string;
                            /** @description Somebody in a public post there, when it was they who were found */
                            person: string | null;
                            /** @description Telephone of the office */
                            phone: string | null;
                            /** @description Their post, English */
                            post_en: string | null;
                            /** @description Their post, Chinese */
                            post_zh: string | null;
                            /**
                             * @description area or org
                             * @enum {string}
                             */
                            unit_kind: "area" | "org";
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_public_directory_here: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Where one stands, WGS 84 */
                    at: {
                        lat: number;
                        lon: number;
                    };
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Who is responsible, the smallest area first; none: outside */
                        levels: {
                            /** @description Areas directly below; of an organisation: the area it belongs to */
                            areas: {
                                /** @description Names of the areas above it, from the district down */
                                above: string | null;
                                /** @description Where to go */
                                address: string | null;
                                /** @description Its place, WGS 84 */
                                at: {
                                    lat: number;
                                    lon: number;
                                } | null;
                                /** @description When it is open, in words */
                                hours: string | null;
                                /** @description Area or organisation */
                                id: string;
                                /** @description Its kind */
                                kind: string;
                                /** @description How far it is; 0 where nobody asked */
                                metres: number;
                                /** @description Name */
                                name: string;
                                /** @description Somebody in a public post there, when it was they who were found */
                                person: string | null;
                                /** @description Telephone of the office */
                                phone: string | null;
                                /** @description Their post, English */
                                post_en: string | null;
                                /** @description Their post, Chinese */
                                post_zh: string | null;
                                /**
                                 * @description area or org
                                 * @enum {string}
                                 */
                                unit_kind: "area" | "org";
                            }[];
                            /** @description What an organisation says in the public fields of its kind */
                            facts: {
                                /** @description What it is, English */
                                label_en: string;
                                /** @description What it is, Chinese */
                                label_zh: string;
                                /** @description … English */
                                value_en: string;
                                /** @description As people read it, Chinese */
                                value_zh: string;
                            }[];
                            /** @description What one can do there */
                            note: string | null;
                            /** @description Public organisations that belong to it or serve it, or lie below it */
                            orgs: {
                                /** @description Names of the areas above it, from the district down */
                                above: string | null;
                                /** @description Where to go */
                                address: string | null;
                                /** @description Its place, WGS 84 */
                                at: {
                                    lat: number;
                                    lon: number;
                                } | null;
                                /** @description When it is open, in words */
                                hours: string | null;
                                /** @description Area or organisation */
                                id: string;
                                /** @description Its kind */
                                kind: string;
                                /** @description How far it is; 0 where nobody asked */
                                metres: number;
                                /** @description Name */
                                name: string;
                                /** @description Somebody in a public post there, when it was they who were found */
                                person: string | null;
                                /** @description Telephone of the office */
                                phone: string | null;
                                /** @description Their post, English */
                                post_en: string | null;
                                /** @description Their post, Chinese */
                                post_zh: string | null;
                                /**
                                 * @description area or org
                                 * @enum {string}
                                 */
                                unit_kind: "area" | "org";
                            }[];
                            /** @description People in public posts there */
                            people: {
                                /** @description Name */
                                name: string;
                                /** @description Post, English */
                                post_name_en: string;
                                /** @description Post, Chinese */
                                post_name_zh: string;
                            }[];
                            /** @description The area or organisation */
                            unit: {
                                /** @description Names of the areas above it, from the district down */
                                above: string | null;
                                /** @description Where to go */
                                address: string | null;
                                /** @description Its place, WGS 84 */
                                at: {
                                    lat: number;
                                    lon: number;
                                } | null;
                                /** @description When it is open, in words */
                                hours: string | null;
                                /** @description Area or organisation */
                                id: string;
                                /** @description Its kind */
                                kind: string;
                                /** @description How far it is; 0 where nobody asked */
                                metres: number;
                                /** @description Name */
                                name: string;
                                /** @description Somebody in a public post there, when it was they who were found */
                                person: string | null;
                                /** @description Telephone of the office */
                                phone: string | null;
                                /** @description Their post, English */
                                post_en: string | null;
                                /** @description Their post, Chinese */
                                post_zh: string | null;
                                /**
                                 * @description area or org
                                 * @enum {string}
                                 */
                                unit_kind: "area" | "org";
                            };
                            /**
                             * Format: unix-ms
                             * @description When this was last looked after
                             */
                            updated_at: number | null;
                        }[];
                        /** @description The border is near: it may also be one of these */
                        near: {
                            /** @description Area across the border */
                            id: string;
                            /** @description Its kind */
                            kind: string;
                            /** @description Metres to the border */
                            metres: number;
                            /** @description Name */
                            name: string;
                        }[];
                        /** @description Public organisations with a place within three kilometres, nearest first */
                        nearby: {
                            /** @description Names of the areas above it, from the district down */
                            above: string | null;
                            /** @description Where to go */
                            address: string | null;
                            /** @description Its place, WGS 84 */
                            at: {
                                lat: number;
                                lon: number;
                            } | null;
                            /** @description When it is open, in words */
                            hours: string | null;
                            /** @description Area or organisation */
                            id: string;
                            /** @description Its kind */
                            kind: string;
                            /** @description How far it is; 0 where nobody asked */
                            metres: number;
                            /** @description Name */
                            name: string;
                            /** @description Somebody in a public post there, when it was they who were found */
                            person: string | null;
                            /** @description Telephone of the office */
                            phone: string | null;
                            /** @description Their post, English */
                            post_en: string | null;
                            /** @description Their post, Chinese */
                            post_zh: string | null;
                            /**
                             * @description area or org
                             * @enum {string}
                             */
                            unit_kind: "area" | "org";
                        }[];
                    };
                };
            };
        };
    };
    get_public_exchange: {
        parameters: {
            query?: {
                /** @description Of the members of this public alliance */
                alliance?: string;
                /** @description Of this area and all below it; the district when nothing is given */
                area?: string;
                /** @description Of this public organisation */
                org?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whose lists */
                        name: string;
                        /** @description What is asked for, the most urgent first; at most 60 */
                        needs: {
                            /** @description Where */
                            area_name: string;
                            /**
                             * Format: unix-ms
                             * @description From
                             */
                            begins_at: number | null;
                            /** @description Category, English */
                            category_en: string;
                            /** @description Category, Chinese */
                            category_zh: string;
                            /** @description The community to ask; see /public/directory/{id} */
                            contact_id: string;
                            /** @description Its name */
                            contact_name: string;
                            /**
                             * Format: unix-ms
                             * @description Until
                             */
                            ends_at: number | null;
                            /** @description How many it helps; 0: not said */
                            helps: number;
                            /** @description Id */
                            id: string;
                            /** @description How much is still wanted, or free */
                            quantity: number;
                            /** @description In a line */
                            title: string;
                            /** @description Of what, in words */
                            unit: string | null;
                            /**
                             * @description How urgent
                             * @enum {string}
                             */
                            urgency: "ordinary" | "soon" | "urgent";
                            /** @description Who asks or offers; null: an organisation that is not public */
                            who: string | null;
                        }[];
                        /** @description What is offered; at most 60 */
                        resources: {
                            /** @description Free again after each use */
                            again: boolean;
                            /** @description Where */
                            area_name: string;
                            /**
                             * Format: unix-ms
                             * @description From
                             */
                            begins_at: number | null;
                            /** @description Category, English */
                            category_en: string;
                            /** @description Category, Chinese */
                            category_zh: string;
                            /** @description Minute of the day until which it is free; 0: midnight */
                            closes: number;
                            /** @description The community to ask; see /public/directory/{id} */
                            contact_id: string;
                            /** @description Its name */
                            contact_name: string;
                            /** @description Days of the week, such as 12345; null: any */
                            days: string | null;
                            /**
                             * Format: unix-ms
                             * @description Until
                             */
                            ends_at: number | null;
                            /** @description Id */
                            id: string;
                            /** @description Minute of the day from which it is free */
                            opens: number;
                            /** @description How much is still wanted, or free */
                            quantity: number;
                            /** @description In a line */
                            title: string;
                            /** @description Of what, in words */
                            unit: string | null;
                            /** @description Who asks or offers; null: an organisation that is not public */
                            who: string | null;
                        }[];
                    };
                };
            };
        };
    };
    get_public_map: {
        parameters: {
            query?: {
                /** @description Box on the map: west,south,east,north */
                bbox?: string;
                /** @description Category and everything below it */
                category?: string;
                /** @description How many clusters the map has room for side by side, 24 when not said */
                columns?: number;
                /** @description Only those with public text and photos */
                released?: boolean;
                /** @description Open or closed; both when not said */
                standing?: "open" | "closed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description There are older ones within the period that are not shown */
                        capped: boolean;
                        /** @description Clusters, not single cases */
                        clustered: boolean;
                        /** @description Cases that fit */
                        count: number;
                        /** @description The newest of them in words, at most 50 */
                        list: {
                            /** @description Approximate place: the grid or community */
                            area_name: string | null;
                            /** @description Category */
                            category: {
                                /** @description Id */
                                id: string;
                                /** @description English name */
                                name_en: string | null;
                                /** @description Chinese name */
                                name_zh: string | null;
                            } | null;
                            /**
                             * Format: unix-ms
                             * @description When it was closed, rejected or merged
                             */
                            closed_at: number | null;
                            /** @description Number people say */
                            code: string;
                            /** @description Case; null for whoever may not read it */
                            id: string | null;
                            /**
                             * @description Outcome of a closed case
                             * @enum {string|null}
                             */
                            outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                            /** @description Text and photos are public */
                            released: boolean;
                            /**
                             * Format: unix-ms
                             * @description When it was reported
                             */
                            reported_at: number;
                            /**
                             * @description State
                             * @enum {string}
                             */
                            state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged";
                            /** @description First words: when released, or for staff */
                            title: string | null;
                        }[];
                        /** @description Single cases, or clusters when there are more than 300 */
                        pins: {
                            /** @description Category */
                            category: string | null;
                            /** @description Number of the case; null: a cluster */
                            code: string | null;
                            /** @description Cases it stands for */
                            count: number;
                            /** @description Latitude, approximate */
                            lat: number;
                            /** @description Longitude, approximate */
                            lon: number;
                            /**
                             * @description Outcome of a closed case
                             * @enum {string|null}
                             */
                            outcome: "resolved" | "partly" | "explained" | "beyond_powers" | "withdrawn" | "duplicate" | null;
                            /**
                             * Format: unix-ms
                             * @description When it was reported
                             */
                            reported_at: number | null;
                            /**
                             * @description State; null: a cluster
                             * @enum {string|null}
                             */
                            state: "reported" | "waiting" | "accepted" | "dispatched" | "handling" | "handled" | "closed" | "rejected" | "suspended" | "merged" | null;
                        }[];
                        /**
                         * Format: unix-ms
                         * @description Reports from then on are shown
                         */
                        since: number;
                    };
                };
            };
        };
    };
    get_public_projects: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Whom it is for */
                            area_name: string;
                            /**
                             * Format: unix-ms
                             * @description Planned beginning
                             */
                            begins_at: number | null;
                            /** @description Reports that it grew out of */
                            cases: number;
                            /**
                             * Format: unix-ms
                             * @description Planned end
                             */
                            due_at: number | null;
                            /**
                             * Format: unix-ms
                             * @description Accepted
                             */
                            ended_at: number | null;
                            /** @description Project */
                            id: string;
                            /** @description Kind, English */
                            kind_en: string;
                            /** @description Kind, Chinese */
                            kind_zh: string;
                            /** @description Money that came in, fen */
                            paid: number;
                            /** @description Money promised, fen */
                            promised: number;
                            /** @description Money spent, fen */
                            spent: number;
                            /**
                             * @description Where it stands
                             * @enum {string}
                             */
                            state: "draft" | "planned" | "under_way" | "for_acceptance" | "accepted" | "abandoned";
                            /** @description Milestones */
                            steps: number;
                            /** @description Of these, done */
                            steps_done: number;
                            /** @description In a line */
                            title: string;
                            /** @description Who runs it; null: an organisation that is not public */
                            unit_name: string | null;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_public_projects_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whom it is for */
                        area_name: string;
                        /**
                         * Format: unix-ms
                         * @description Planned beginning
                         */
                        begins_at: number | null;
                        /** @description Reports that it grew out of */
                        cases: number;
                        /**
                         * Format: unix-ms
                         * @description Planned end
                         */
                        due_at: number | null;
                        /**
                         * Format: unix-ms
                         * @description Accepted
                         */
                        ended_at: number | null;
                        /** @description Project */
                        id: string;
                        /** @description Kind, English */
                        kind_en: string;
                        /** @description Kind, Chinese */
                        kind_zh: string;
                        /** @description What will be done by when */
                        milestones: {
                            /**
                             * Format: unix-ms
                             * @description Done
                             */
                            done_at: number | null;
                            /**
                             * Format: unix-ms
                             * @description By when
                             */
                            due_at: number;
                            /** @description What will be done */
                            title: string;
                        }[];
                        /** @description … that it is not */
                        no: number;
                        /** @description Money that came in, fen */
                        paid: number;
                        /** @description Money promised, fen */
                        promised: number;
                        /** @description Where money comes from */
                        sources: {
                            /** @description Public organisation; null: somebody else */
                            name: string | null;
                            /** @description Fen that came in */
                            paid: number;
                            /** @description Fen */
                            promised: number;
                        }[];
                        /** @description Money spent, fen */
                        spent: number;
                        /**
                         * @description Where it stands
                         * @enum {string}
                         */
                        state: "draft" | "planned" | "under_way" | "for_acceptance" | "accepted" | "abandoned";
                        /** @description Milestones */
                        steps: number;
                        /** @description Of these, done */
                        steps_done: number;
                        /** @description What was told for everybody, the newest first */
                        story: {
                            /** @description Fen, of money */
                            amount: number;
                            /**
                             * Format: unix-ms
                             * @description When
                             */
                            at: number;
                            /** @description Photographs */
                            photos: string[];
                            /** @description In words */
                            text: string | null;
                        }[];
                        /** @description Public organisations and public posts in the team */
                        team: {
                            /** @description Organisation, or the unit where the post is held */
                            name: string;
                            /** @description … English */
                            post_en: string | null;
                            /** @description Public post of a person, Chinese */
                            post_zh: string | null;
                            /**
                             * @description lead, captain, liaison or member
                             * @enum {string}
                             */
                            role: "lead" | "captain" | "liaison" | "member";
                        }[];
                        /** @description What is to be done and why */
                        text: string | null;
                        /** @description In a line */
                        title: string;
                        /** @description Who runs it; null: an organisation that is not public */
                        unit_name: string | null;
                        /** @description Once accepted: reporters who said that it is as it should be */
                        yes: number;
                    };
                };
            };
        };
    };
    get_resources: {
        parameters: {
            query?: {
                /** @description The page before's next */
                after?: string;
                /** @description Only those that serve this area, one below it or one above it */
                area?: string;
                /** @description Only of this category, or one below it */
                category?: string;
                /** @description At most so many (50) */
                limit?: number;
                /** @description Only of this organisation */
                org?: string;
                /** @description Only in this state */
                state?: "offered" | "paused" | "used_up" | "withdrawn";
                /** @description Part of the line, or of the organisation's name */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Free again after each use */
                            again: boolean;
                            /** @description Area it serves */
                            area_id: string;
                            /** @description Its name */
                            area_name: string;
                            /** @description Place, WGS 84 */
                            at: {
                                lat: number;
                                lon: number;
                            } | null;
                            /**
                             * Format: unix-ms
                             * @description Offered from
                             */
                            begins_at: number | null;
                            /** @description Code of its category */
                            category: string;
                            /** @description Minute of the day until which it is free; 0: midnight */
                            closes: number;
                            /**
                             * Format: unix-ms
                             * @description Entered
                             */
                            created_at: number;
                            /** @description Days of the week, 1 Monday to 7 Sunday, such as 12345; null: any */
                            days: string | null;
                            /**
                             * Format: unix-ms
                             * @description Offered until
                             */
                            ends_at: number | null;
                            /** @description How much is free: what is left, or of what is free again the whole */
                            free: number;
                            /** @description Resource */
                            id: string;
                            /** @description The caller may change it and take on needs with it */
                            may_manage: boolean;
                            /** @description Minute of the day from which it is free */
                            opens: number;
                            /** @description Whose */
                            org_id: string;
                            /** @description Its name */
                            org_name: string;
                            /** @description Shown to residents */
                            public: boolean;
                            /** @description How much */
                            quantity: number;
                            /**
                             * @description Where it stands
                             * @enum {string}
                             */
                            state: "offered" | "paused" | "used_up" | "withdrawn";
                            /** @description In a line */
                            title: string;
                            /** @description Of what, in words */
                            unit: string | null;
                            /** @description Grows with each change */
                            version: number;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_resources: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Free again after each use; the category's way when not given */
                    again?: boolean | null;
                    /** @description Area it serves; the organisation's own when not given */
                    area_id?: string | null;
                    /** @description Place, WGS 84 */
                    at?: {
                        lat: number;
                        lon: number;
                    } | null;
                    /**
                     * Format: unix-ms
                     * @description Offered from
                     */
                    begins_at?: number | null;
                    /** @description Code of its category */
                    category: string;
                    /** @description Minute of the day until which it is free */
                    closes?: number | null;
                    /** @description On what conditions */
                    conditions?: string | null;
                    /** @description Days of the week, 1 Monday to 7 Sunday, such as 12345 */
                    days?: string | null;
                    /**
                     * Format: unix-ms
                     * @description Offered until
                     */
                    ends_at?: number | null;
                    /** @description Minute of the day from which it is free */
                    opens?: number | null;
                    /** @description Whose */
                    org_id: string;
                    /** @description Shown to residents */
                    public?: boolean | null;
                    /** @description How much */
                    quantity: number;
                    /** @description What it is */
                    text?: string | null;
                    /** @description In a line */
                    title: string;
                    /** @description Of what, in words */
                    unit?: string | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_resources_id_view"];
                };
            };
        };
    };
    get_resources_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_resources_id_view"];
                };
            };
        };
    };
    patch_resources_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Free again after each use; the category's way when not given */
                    again?: boolean | null;
                    /** @description Area it serves; the organisation's own when not given */
                    area_id?: string | null;
                    /** @description Place, WGS 84 */
                    at?: {
                        lat: number;
                        lon: number;
                    } | null;
                    /**
                     * Format: unix-ms
                     * @description Offered from
                     */
                    begins_at?: number | null;
                    /** @description Code of its category */
                    category?: string | null;
                    /** @description Minute of the day until which it is free */
                    closes?: number | null;
                    /** @description On what conditions */
                    conditions?: string | null;
                    /** @description Days of the week, 1 Monday to 7 Sunday, such as 12345 */
                    days?: string | null;
                    /**
                     * Format: unix-ms
                     * @description Offered until
                     */
                    ends_at?: number | null;
                    /** @description Minute of the day from which it is free */
                    opens?: number | null;
                    /** @description Shown to residents */
                    public?: boolean | null;
                    /** @description How much */
                    quantity?: number | null;
                    /** @description What it is */
                    text?: string | null;
                    /** @description In a line */
                    title?: string | null;
                    /** @description Of what, in words */
                    unit?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_resources_id_view"];
                };
            };
        };
    };
    get_resources_id_matches: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description What it could answer */
                            need: {
                                /** @description Where */
                                area_id: string;
                                /** @description Its name */
                                area_name: string;
                                /** @description Place, WGS 84 */
                                at: {
                                    lat: number;
                                    lon: number;
                                } | null;
                                /**
                                 * Format: unix-ms
                                 * @description Wanted from
                                 */
                                begins_at: number | null;
                                /** @description Code of its category; see GET /exchange/categories */
                                category: string;
                                /** @description How much of it is taken on, done or confirmed */
                                claimed: number;
                                /**
                                 * Format: unix-ms
                                 * @description Entered
                                 */
                                created_at: number;
                                /**
                                 * Format: unix-ms
                                 * @description Wanted until
                                 */
                                ends_at: number | null;
                                /** @description How many it helps; 0: not said */
                                helps: number;
                                /** @description Need */
                                id: string;
                                /** @description The caller may change it */
                                may_manage: boolean;
                                /** @description Shown to residents */
                                public: boolean;
                                /**
                                 * Format: unix-ms
                                 * @description Published
                                 */
                                published_at: number | null;
                                /** @description How much */
                                quantity: number;
                                /** @description Which of a row of needs that recur, the first being 1; 0: it stands alone */
                                series_no: number;
                                /**
                                 * @description Where it stands
                                 * @enum {string}
                                 */
                                state: "draft" | "published" | "partly" | "matched" | "under_way" | "met" | "unmet" | "withdrawn";
                                /** @description In a line */
                                title: string;
                                /** @description Of what, in words */
                                unit: string | null;
                                /** @description Who asks */
                                unit_id: string;
                                /**
                                 * @description area or org: who asks
                                 * @enum {string}
                                 */
                                unit_kind: "area" | "org";
                                /** @description Its name */
                                unit_name: string;
                                /**
                                 * @description How urgent
                                 * @enum {string}
                                 */
                                urgency: "ordinary" | "soon" | "urgent";
                                /** @description Grows with each change */
                                version: number;
                            };
                            /** @description 0 to 100; the more urgent comes first among equals */
                            score: number;
                            /** @description Why */
                            why: {
                                /** @description What it did not keep */
                                failed: number;
                                /** @description How much is free */
                                free: number;
                                /** @description It can be had when it is needed */
                                in_time: boolean;
                                /** @description What the organisation took on and kept */
                                kept: number;
                                /** @description How far it is */
                                metres: number;
                                /** @description Both have a place, so that metres counts */
                                placed: boolean;
                                /** @description Exactly the category asked for, not the one above or below */
                                same_category: boolean;
                                /** @description How much is still to be taken on */
                                wanted: number;
                            };
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_resources_id_offer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_resources_id_view"];
                };
            };
        };
    };
    post_resources_id_pause: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_resources_id_view"];
                };
            };
        };
    };
    post_resources_id_withdraw: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_resources_id_view"];
                };
            };
        };
    };
    post_resources_sheet: {
        parameters: {
            query?: {
                /** @description Say what would happen; change nothing */
                dry_run?: boolean;
                /** @description Enter the rows that are right and leave the others; else a row with a fault holds back all */
                sound?: boolean;
            };
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description It was written; else nothing was */
                        applied: boolean;
                        /** @description Rows with a fault */
                        bad: number;
                        /** @description New ones */
                        created: number;
                        /** @description Each row as it was understood */
                        items: {
                            /** @description Free again after each use */
                            again: boolean;
                            /** @description Area it serves */
                            area_name: string | null;
                            /** @description Code of its category, or what was written */
                            category: string | null;
                            /** @description Minute of the day until which it is free; 0: midnight */
                            closes: number;
                            /** @description Days of the week, such as 12345; null: any */
                            days: string | null;
                            /**
                             * @description new, same (on the list already) or bad
                             * @enum {string}
                             */
                            fate: "new" | "same" | "bad";
                            /** @description Why it cannot be taken; empty: it can */
                            faults: {
                                /** @description Stable name of the fault */
                                code: string;
                                /** @description Column it is about */
                                column: string;
                                /** @description In the caller's language */
                                message: string;
                            }[];
                            /** @description The resource it became */
                            id: string | null;
                            /** @description Minute of the day from which it is free */
                            opens: number;
                            /** @description Organisation found */
                            org_id: string | null;
                            /** @description Its name, or what was written */
                            org_name: string | null;
                            /** @description Shown to residents */
                            public: boolean;
                            /** @description How much; 0: not understood */
                            quantity: number;
                            /** @description Line of the sheet, 1 below the header */
                            row: number;
                            /** @description In a line */
                            title: string | null;
                            /** @description Of what, in words */
                            unit: string | null;
                        }[];
                        /** @description Rows */
                        rows: number;
                        /** @description Those that are on the list already */
                        same: number;
                    };
                };
            };
        };
    };
    get_roles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_roles_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_roles: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Stable name: small letters, digits and _ */
                    code: string;
                    /** @description English name */
                    name_en: string;
                    /** @description Chinese name */
                    name_zh: string;
                    /** @description What it permits */
                    permissions: string[];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_roles_view"];
                };
            };
        };
    };
    patch_roles_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description English name */
                    name_en?: string | null;
                    /** @description Chinese name */
                    name_zh?: string | null;
                    /** @description What it permits */
                    permissions?: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_roles_view"];
                };
            };
        };
    };
    get_route_preview: {
        parameters: {
            query: {
                /** @description Category */
                category?: string;
                /** @description Latitude, WGS 84 */
                lat: number;
                /** @description Longitude, WGS 84 */
                lon: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Deepest area that holds the point */
                        area: {
                            /** @description Id */
                            id: string;
                            /** @description Name */
                            name: string | null;
                        } | null;
                        /** @description It would be dispatched at once; for staff */
                        automatic: boolean;
                        /** @description Areas across a border that is close: a dispatcher chooses */
                        near: {
                            /** @description Area */
                            id: string;
                            /** @description How far its border is */
                            metres: number;
                            /** @description Its name */
                            name: string | null;
                        }[];
                        /** @description Its number; for staff */
                        number: number;
                        /** @description Organisation proposed; for staff */
                        org: {
                            /** @description Id */
                            id: string;
                            /** @description Name */
                            name: string | null;
                        } | null;
                        /** @description Areas from the root to the deepest */
                        path: {
                            /** @description Id */
                            id: string;
                            /** @description Name */
                            name: string | null;
                        }[];
                        /** @description Rule; for staff */
                        rule: string | null;
                        /** @description The reason in the reader's language; for staff */
                        why: string | null;
                        /** @description The reason in English; for staff */
                        why_en: string | null;
                        /** @description The reason in Chinese; for staff */
                        why_zh: string | null;
                    };
                };
            };
        };
    };
    get_rules: {
        parameters: {
            query?: {
                /** @description Rules for this category itself */
                category?: string;
                /** @description Closed ones too */
                closed?: boolean;
                /** @description Rules that send to this organisation */
                org?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_rules_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_rules: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_rules_view"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_rules_view"];
                };
            };
        };
    };
    patch_rules_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_rules_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_rules_view"];
                };
            };
        };
    };
    post_rules_id_close: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_rules_view"];
                };
            };
        };
    };
    get_saved: {
        parameters: {
            query: {
                /** @description Which kind */
                kind: "case_view" | "reply";
                /** @description Which unit */
                unit_id?: string;
                /** @description With unit_id: those shared there, for who may share there; else one's own and those shared with the units one works in and all above them */
                unit_kind?: "area" | "org";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_saved_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_saved: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description What it is
                     * @enum {string}
                     */
                    kind: "case_view" | "reply";
                    /** @description What it is called; once with its holder */
                    name: string;
                    /** @description case_view: the page's address, each name with a text or a list of texts */
                    query?: unknown;
                    /** @description reply: the text; {code}, {title}, {address}, {area}, {category} and {org} stand for the case's */
                    text?: string | null;
                    /** @description Which */
                    unit_id?: string | null;
                    /**
                     * @description Share it with an area or an organisation; without: for oneself
                     * @enum {string|null}
                     */
                    unit_kind?: "area" | "org" | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_saved_view"];
                };
            };
        };
    };
    put_saved_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What it is called; once with its holder */
                    name: string;
                    /** @description case_view: the page's address, each name with a text or a list of texts */
                    query?: unknown;
                    /** @description reply: the text; {code}, {title}, {address}, {area}, {category} and {org} stand for the case's */
                    text?: string | null;
                    /** @description Which */
                    unit_id?: string | null;
                    /**
                     * @description Share it with an area or an organisation; without: for oneself
                     * @enum {string|null}
                     */
                    unit_kind?: "area" | "org" | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_saved_view"];
                };
            };
        };
    };
    delete_saved_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_seals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_seals_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_seals: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Organisation */
                    org_id: string;
                    /** @description Uploaded before, by POST /files; its white is taken for paper */
                    photo: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_seals_view"];
                };
            };
        };
    };
    delete_seals_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_search: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Only these kinds: case, area, org, person, category */
                    kinds?: string[];
                    /** @description At most so many of each kind; 6 when not given */
                    limit?: number | null;
                    /** @description What to look for; a blank at the end says that the last word is whole */
                    text: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description false: older cases are still being put into the index */
                        complete: boolean;
                        /** @description Kinds with at least one hit */
                        groups: {
                            /** @description Best first */
                            items: {
                                /**
                                 * Format: unix-ms
                                 * @description When a case was reported
                                 */
                                at: number | null;
                                /** @description Number or code */
                                code: string | null;
                                /** @description Where the words stand, of a case */
                                excerpt: string | null;
                                /** @description Id */
                                id: string;
                                /** @description Where it is, or what it is */
                                note: string | null;
                                /** @description State of a case */
                                state: string | null;
                                /** @description Name, or first words */
                                title: string;
                            }[];
                            /** @description case, area, org, person or category */
                            kind: string;
                            /** @description There are further ones */
                            more: boolean;
                        }[];
                        /** @description The words looked for, to be marked */
                        words: string[];
                    };
                };
            };
        };
    };
    get_service_attributes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_service_attributes_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_service_attributes_category: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                category: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_service_attributes_view"];
                };
            };
        };
    };
    put_service_attributes_category: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                category: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description All of them: what is not here is no longer asked */
                    attributes: {
                        /** @description Of the two list types */
                        choices?: {
                            /** @description Shown in English */
                            en: string;
                            /** @description What is sent */
                            key: string;
                            /** @description Shown in Chinese */
                            zh: string;
                        }[];
                        /** @description Its name in forms: letters, digits, - and _ */
                        code: string;
                        /**
                         * @description What is answered
                         * @enum {string}
                         */
                        datatype: "string" | "number" | "datetime" | "text" | "singlevaluelist" | "multivaluelist";
                        /** @description Help in English */
                        hint_en?: string | null;
                        /** @description Help in Chinese */
                        hint_zh?: string | null;
                        /** @description Question in English */
                        label_en: string;
                        /** @description Question in Chinese */
                        label_zh: string;
                        /** @description Only says something, takes no answer */
                        only_says?: boolean | null;
                        /** @description Order in the form */
                        position?: number | null;
                        /** @description Must be answered */
                        required?: boolean | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_service_attributes_view"];
                };
            };
        };
    };
    get_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_session_view"];
                };
            };
        };
    };
    post_session: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Sign-in name */
                    name: string;
                    /** @description Password */
                    password: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_session_view"];
                };
            };
        };
    };
    delete_session: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_session_demo: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A code of GET /demo */
                    role: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_session_view"];
                };
            };
        };
    };
    get_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: unix-ms
                             * @description When signed in
                             */
                            created_at: number;
                            /** @description The one this request was made with */
                            current: boolean;
                            /**
                             * Format: unix-ms
                             * @description When it ends at the latest
                             */
                            expires_at: number;
                            /** @description Session */
                            id: string;
                            /** @description Address at sign-in */
                            remote: string | null;
                            /**
                             * Format: unix-ms
                             * @description Last seen, to a minute or two
                             */
                            used_at: number;
                            /** @description Browser at sign-in */
                            user_agent: string | null;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    delete_sessions_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Value when none is set */
                            default: unknown;
                            /** @description What it does, in English */
                            doc_en: string;
                            /** @description What it does, in Chinese */
                            doc_zh: string;
                            /** @description Name */
                            key: string;
                            /**
                             * @description What a value must be
                             * @enum {string}
                             */
                            kind: "number" | "switch" | "text" | "list" | "table";
                            /** @description Least number, length or count */
                            least: number;
                            /** @description Most */
                            most: number;
                            /**
                             * Format: unix-ms
                             * @description When it was set
                             */
                            set_at: number | null;
                            /** @description By whom; null: the program or the terminal */
                            set_by: string | null;
                            /**
                             * Format: unix-ms
                             * @description Since when; null: the default
                             */
                            valid_from: number | null;
                            /** @description Value in force */
                            value: unknown;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    put_settings_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: unix-ms
                     * @description From when it holds: now or later; empty: now
                     */
                    valid_from?: number | null;
                    /** @description The value; see kind, least and most */
                    value: unknown;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_settings_key_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: unix-ms
                             * @description When it was set
                             */
                            set_at: number;
                            /** @description By whom; null: the program or the terminal */
                            set_by: string | null;
                            /**
                             * Format: unix-ms
                             * @description From when it holds
                             */
                            valid_from: number;
                            /** @description Value */
                            value: unknown;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_settings_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
        };
    };
    post_settings_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many values changed */
                        values: number;
                    };
                };
            };
        };
    };
    get_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: unix-ms
                             * @description When made
                             */
                            created_at: number;
                            /**
                             * Format: unix-ms
                             * @description When it ends
                             */
                            expires_at: number;
                            /** @description Token */
                            id: string;
                            /** @description What it is for */
                            name: string;
                            /** @description What it may use of its owner's rights */
                            permissions: string[];
                            /**
                             * Format: unix-ms
                             * @description Last use, to a minute or two
                             */
                            used_at: number | null;
                        }[];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_tokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: unix-ms
                     * @description When it ends; empty: in 90 days
                     */
                    expires_at?: number | null;
                    /** @description What it is for */
                    name: string;
                    /** @description What it may use of your rights */
                    permissions: string[];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: unix-ms
                         * @description When made
                         */
                        created_at: number;
                        /**
                         * Format: unix-ms
                         * @description When it ends
                         */
                        expires_at: number;
                        /** @description Token */
                        id: string;
                        /** @description What it is for */
                        name: string;
                        /** @description What it may use of its owner's rights */
                        permissions: string[];
                        /** @description The token itself: shown this once. Send it as Authorization: Bearer */
                        token: string;
                        /**
                         * Format: unix-ms
                         * @description Last use, to a minute or two
                         */
                        used_at: number | null;
                    };
                };
            };
        };
    };
    delete_tokens_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_track_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_track_code_view"];
                };
            };
        };
    };
    post_track_code_appeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_track_code_view"];
                };
            };
        };
    };
    post_track_code_project_answer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_cases_id_project_answer_view"];
            };
        };
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_cases_id_projects_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    get_track_code_projects: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_cases_id_projects_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_track_code_rate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_cases_id_rate_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_track_code_view"];
                };
            };
        };
    };
    post_track_code_reopen: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_track_code_view"];
                };
            };
        };
    };
    post_track_code_reply: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["post_cases_id_reply_view"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_track_code_view"];
                };
            };
        };
    };
    post_track_code_withdraw: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key gets the first answer again */
                "Idempotency-Key"?: string;
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_track_code_view"];
                };
            };
        };
    };
    get_webhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["get_webhooks_view"][];
                        /** @description Cursor of the next page; null on the last */
                        next: string | null;
                    };
                };
            };
        };
    };
    post_webhooks: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description In this area and below it */
                    area?: string | null;
                    /** @description Of this category or one below it */
                    category?: string | null;
                    /** @description Robots speak English */
                    english?: boolean | null;
                    /** @description Actions that are told; empty: all */
                    events?: string[];
                    /**
                     * @description json: signed; or a robot's
                     * @enum {string}
                     */
                    format: "json" | "wecom" | "dingtalk" | "feishu";
                    /** @description What it is for */
                    name: string;
                    /** @description With this organisation or one below it */
                    org?: string | null;
                    /** @description Of robots that sign: DingTalk's SEC…, Feishu's; signed JSON gets one of ours */
                    secret?: string | null;
                    /** @description Tell the first words of the case too; they may hold what is personal */
                    titles?: boolean | null;
                    /** @description Where it goes; https, of a public address */
                    url: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description In this area and below it */
                        area: string | null;
                        /** @description Of this category or one below it */
                        category: string | null;
                        /**
                         * Format: unix-ms
                         * @description When ended
                         */
                        closed_at: number | null;
                        /**
                         * Format: unix-ms
                         * @description When made
                         */
                        created_at: number;
                        /** @description Robots speak English */
                        english: boolean;
                        /** @description Actions that are told; empty: all */
                        events: string[];
                        /**
                         * @description json: signed; or a robot's
                         * @enum {string}
                         */
                        format: "json" | "wecom" | "dingtalk" | "feishu";
                        /** @description Id */
                        id: string;
                        /** @description What it is for */
                        name: string;
                        /** @description With this organisation or one below it */
                        org: string | null;
                        /** @description Of signed JSON: what it is signed with, shown this once */
                        secret: string | null;
                        /** @description Where it goes, without what is secret of it */
                        target_shown: string;
                        /** @description First words of the case are told too */
                        titles: boolean;
                        /** @description Version, for If-Match */
                        version: number;
                    };
                };
            };
        };
    };
    put_webhooks_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description In this area and below it */
                    area?: string | null;
                    /** @description Of this category or one below it */
                    category?: string | null;
                    /** @description Robots speak English */
                    english?: boolean | null;
                    /** @description Actions that are told; empty: all */
                    events?: string[];
                    /** @description What it is for */
                    name: string;
                    /** @description With this organisation or one below it */
                    org?: string | null;
                    /** @description Of robots that sign: DingTalk's SEC…, Feishu's; signed JSON gets one of ours */
                    secret?: string | null;
                    /** @description Tell the first words of the case too; they may hold what is personal */
                    titles?: boolean | null;
                    /** @description Where it goes; https, of a public address */
                    url?: string | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_webhooks_view"];
                };
            };
        };
    };
    post_webhooks_id_close: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_webhooks_id_test: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_feeds_cases_atom: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/atom+xml": string;
                };
            };
        };
    };
    get_feeds_deadlines_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
                };
            };
        };
    };
    get_healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_healthz_view"];
                };
            };
        };
    };
    get_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    get_open311_discovery_json: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
        };
    };
    get_open311_discovery_xml: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
        };
    };
    get_open311_v2_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
        };
    };
    get_open311_v2_requests: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
        };
    };
    get_open311_v2_requests_json: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
        };
    };
    post_open311_v2_requests_json: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": string;
            };
        };
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
        };
    };
    get_open311_v2_requests_xml: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
        };
    };
    post_open311_v2_requests_xml: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": string;
            };
        };
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
        };
    };
    get_open311_v2_requests_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
        };
    };
    get_open311_v2_servicerequestupdates_json: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
        };
    };
    post_open311_v2_servicerequestupdates_json: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": string;
            };
        };
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
        };
    };
    get_open311_v2_servicerequestupdates_xml: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
        };
    };
    post_open311_v2_servicerequestupdates_xml: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": string;
            };
        };
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
        };
    };
    get_open311_v2_services: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
        };
    };
    get_open311_v2_services_json: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
        };
    };
    get_open311_v2_services_xml: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
        };
    };
    get_open311_v2_services_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
        };
    };
    get_open311_v2_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
        };
    };
    get_open311_v2_tokens_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/xml": string;
                };
            };
        };
    };
    get_readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["get_healthz_view"];
                };
            };
        };
    };
    post_stop_token: {
        parameters: {
            query?: never;
            header?: {
                /** @description The version read, such as "v12"; another one in the meantime is answered with 409 */
                "If-Match"?: string;
                /** @description Whose request this is: answered with 409 other_account, or 401, when somebody else or nobody is signed in */
                "X-Expect-Account"?: string;
            };
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_v: {
        parameters: {
            query?: {
                /** @description The code below the QR, as somebody types it */
                code?: string;
                /** @description zh or en */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    get_v_code: {
        parameters: {
            query?: {
                /** @description The code below the QR, as somebody types it */
                code?: string;
                /** @description zh or en */
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
}
