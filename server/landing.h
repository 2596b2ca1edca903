/* Features that may not be linked in yet are weak: an absent one is skipped at boot. Goes away when all stand. */
#ifndef LINLI_LANDING_H
#define LINLI_LANDING_H
extern const struct feature case_feature;
#pragma weak file_feature
#pragma weak notify_feature
#pragma weak job_feature
#pragma weak case_feature
#pragma weak command_import
#pragma weak demo_fill
#endif
