/* A sheet of people to appoint: CSV or XLSX with the columns 姓名 电话 岗位 单位 起 止 (name, telephone, post, unit, from, to). */
#ifndef LINLI_LETTER_SHEET_H
#define LINLI_LETTER_SHEET_H

#include "letter_inside.h"

#define SHEET_BYTES_MOST ((size_t)1024 * 1024)
#define SHEET_ROWS_MOST  1000

struct sheet_query { bool dry_run; };
extern const struct field appoint_sheet_fields[], appointed_sheet_fields[];

err sheet_appoint(struct req *r);

#endif
