/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_HTTP_DATE_H
#define BREACHD_HTTP_DATE_H

/* Times in header fields: IMF-fixdate (RFC 9110 section 5.6.7), always GMT, never the locale's words. */
#include <stdint.h>

#define DATE_TEXT_SIZE 30 /* "Sun, 06 Nov 1994 08:49:37 GMT" and a NUL */

/* SECONDS since 1970 as text, for Last-Modified. Outside the years 0001 to 9999 the nearest bound is written.
 */
void date_format(int64_t seconds, char ret[static DATE_TEXT_SIZE]);

#endif
