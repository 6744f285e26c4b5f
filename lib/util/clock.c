/* SPDX-License-Identifier: MIT */
/* Calendar arithmetic without locale, time zone or libc state. */
#include "util/clock.h"

#include <string.h>

#define DAY_SECONDS 86400

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int clock_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Counts in years that start in March, so that the leap day is the last of its year. */
int32_t clock_days(int year, int month, int day)
{
    int y = month > 2 ? year : year - 1;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (int32_t)(era * 146097 + day_of_era - 719468);
}

static void civil_from_days(int64_t days, int *year, int *month, int *day)
{
    int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    *day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

/* The last N digits of VALUE, from 0 on. Times are made by the thousand, so this is no printf. */
static void put_digits(char *to, size_t n, int value)
{
    for (; n > 0; value /= 10)
        to[--n] = (char)('0' + value % 10);
}

static void put_day(char *to, int year, int month, int day)
{
    put_digits(to, 4, year);
    put_digits(to + 5, 2, month);
    put_digits(to + 8, 2, day);
}

void clock_format_day(int year, int month, int day, char ret[static 11])
{
    memcpy(ret, "0000-00-00", 11);
    put_day(ret, year, month, day);
}

void clock_format(int64_t seconds, char ret[static CLOCK_TEXT_SIZE])
{
    seconds = seconds < CLOCK_FIRST ? CLOCK_FIRST : seconds > CLOCK_LAST ? CLOCK_LAST : seconds;
    int64_t days = seconds / DAY_SECONDS, rest = seconds % DAY_SECONDS;
    if (rest < 0) {
        rest += DAY_SECONDS;
        days--;
    }
    int year, month, day;
    civil_from_days(days, &year, &month, &day);
    memcpy(ret, "0000-00-00T00:00:00Z", CLOCK_TEXT_SIZE);
    put_day(ret, year, month, day);
    put_digits(ret + 11, 2, (int)(rest / 3600));
    put_digits(ret + 14, 2, (int)(rest / 60 % 60));
    put_digits(ret + 17, 2, (int)(rest % 60));
}

/* Reads as many digits as FORM has '0's and its other characters literally. */
static bool read_form(const char **text, const char *form, int *ret)
{
    const char *p = *text;
    int n = 0, value = 0;
    for (const char *f = form; *f; f++, p++) {
        if (*f == '0') {
            if (*p < '0' || *p > '9')
                return false;
            value = value * 10 + (*p - '0');
        } else {
            if (*p != *f && !(*f == 'T' && *p == 't'))
                return false;
            ret[n++] = value;
            value = 0;
        }
    }
    ret[n] = value;
    *text = p;
    return true;
}

static bool read_offset(const char *p, int *ret_minutes)
{
    int part[2], sign = *p == '-' ? -1 : 1;
    if ((*p == 'Z' || *p == 'z') && p[1] == '\0') {
        *ret_minutes = 0;
        return true;
    }
    if (*p != '+' && *p != '-')
        return false;
    p++;
    if (!read_form(&p, "00:00", part) || *p || part[0] > 23 || part[1] > 59)
        return false;
    *ret_minutes = sign * (part[0] * 60 + part[1]);
    return true;
}

bool clock_parse(const char *text, int64_t *ret)
{
    int part[6], offset;
    const char *p = text;
    if (!read_form(&p, "0000-00-00T00:00:00", part))
        return false;
    if (part[0] < 1 || part[1] < 1 || part[1] > 12 || part[2] < 1 ||
        part[2] > clock_month_days(part[0], part[1]) || part[3] > 23 || part[4] > 59 || part[5] > 59)
        return false;
    if (*p == '.') {
        size_t n = strspn(p + 1, "0123456789");
        if (n == 0 || n > 9)
            return false;
        p += 1 + n;
    }
    if (!read_offset(p, &offset))
        return false;
    *ret = (int64_t)clock_days(part[0], part[1], part[2]) * DAY_SECONDS +
           ((part[3] * 60 + part[4] - offset) * 60 + part[5]);
    return true;
}
