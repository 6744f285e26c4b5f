/* SPDX-License-Identifier: MIT */
/* IMF-fixdate; see date.h. */
#include "http/date.h"

#include "util/clock.h"

#include <stdio.h>

#define DAY_SECONDS 86400

static const char weekdays[7][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void date_format(int64_t seconds, char ret[static DATE_TEXT_SIZE])
{
    char iso[CLOCK_TEXT_SIZE]; /* 2019-03-29T12:00:00Z */
    int month;

    seconds = seconds < CLOCK_FIRST ? CLOCK_FIRST : seconds > CLOCK_LAST ? CLOCK_LAST : seconds;

    clock_format(seconds, iso);
    month = (iso[5] - '0') * 10 + (iso[6] - '0') - 1;
    /* counted from the first bound, a Monday, so that days before 1970 need no care */
    (void)snprintf(ret, DATE_TEXT_SIZE, "%s, %.2s %s %.4s %.8s GMT",
                   weekdays[(seconds - CLOCK_FIRST) / DAY_SECONDS % 7], iso + 8, months[month], iso,
                   iso + 11);
}
