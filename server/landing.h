/* Features that may not be linked in yet are weak: an absent one is skipped at boot. Goes away when all stand. */
#ifndef LINLI_LANDING_H
#define LINLI_LANDING_H
extern const struct feature case_feature;
#pragma weak setting_feature
#pragma weak audit_feature
#pragma weak unit_feature
#pragma weak account_feature
#pragma weak file_feature
#pragma weak notify_feature
#pragma weak job_feature
#pragma weak case_feature
#pragma weak account_identify
#pragma weak account_may
#pragma weak account_idempotency_find
#pragma weak account_idempotency_store
#pragma weak account_roles_install
#pragma weak unit_posts_install
#pragma weak unit_hold
#pragma weak unit_release
#pragma weak unit_root
#pragma weak unit_area_of
#pragma weak unit_within
#pragma weak http_start
#pragma weak http_stop
#pragma weak http_port
#pragma weak openapi_write
#pragma weak permissions_write
#pragma weak command_import
#pragma weak command_user
#pragma weak command_audit
#pragma weak demo_fill
#endif
