/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_HHS_ROW_H
#define BREACHD_IMPORT_HHS_ROW_H

/* What one row of the breach portal's table says, in the model. */
#include "import/draft.h"
#include "import/hhs_words.h"
#include "import/sheet.h"

#define HHS_PUBLISHER "U.S. Department of Health and Human Services"
#define HHS_PORTAL    "https://ocrportal.hhs.gov/ocr/breach/breach_report.jsf"

/* Without white space at the ends. */
struct cell hhs_trim(struct cell c);

/* "12/22/2020", month first, or "2020-12-22"; a time of day may follow. Whether the form is right: whether there is
 * such a day is not looked at. */
bool hhs_parse_date(struct cell c, int64_t *ret_year, int64_t *ret_month, int64_t *ret_day);

/* Fills the draft D of the record RECORD from the trimmed CELLS, which are by enum hhs_column. */
void hhs_row_read(struct draft *d, const struct cell *cells, const char *record);

#endif
