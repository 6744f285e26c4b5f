/* SPDX-License-Identifier: MIT */
/*
 * Names that are nobody's: how datasets write that they do not know, or that it was many. A table of words and
 * patterns; what it lets through is taken for an organisation. Called by organizations.c.
 */
#include "import/org_names.h"

#include <errno.h>
#include <string.h>

/* Said of nobody. */
static const char *const nothing[] = {
    "",
    "anonymous",
    "confidential",
    "n a",
    "na",
    "name withheld",
    "nil",
    "no name",
    "none",
    "not applicable",
    "not available",
    "not disclosed",
    "not identified",
    "not known",
    "not named",
    "not reported",
    "not specified",
    "not stated",
    "null",
    "other",
    "redacted",
    "tba",
    "tbd",
    "to be determined",
    "undisclosed",
    "unidentified",
    "unk",
    "unknown",
    "unknown unknown",
    "unnamed",
    "unspecified",
    "withheld",
};

/* Kinds of organisations and people; alone, in the plural too, they name nobody. */
static const char *const kinds[] = {
    "agency",
    "airline",
    "association",
    "atm",
    "bank",
    "business",
    "bar",
    "casino",
    "church",
    "citizen",
    "client",
    "clinic",
    "college",
    "company",
    "consumer",
    "contractor",
    "corporation",
    "council",
    "county",
    "customer",
    "dealer",
    "dealership",
    "dentist",
    "doctor",
    "employee",
    "employer",
    "firm",
    "gas station",
    "government",
    "grocery store",
    "gym",
    "hospital",
    "hotel",
    "household",
    "individual",
    "institution",
    "insurer",
    "law firm",
    "library",
    "manufacturer",
    "medical center",
    "medical practice",
    "member",
    "merchant",
    "municipality",
    "nonprofit",
    "non profit",
    "nursing home",
    "organisation",
    "organization",
    "patient",
    "people",
    "person",
    "pharmacy",
    "physician",
    "police",
    "police department",
    "resident",
    "restaurant",
    "retailer",
    "school",
    "school district",
    "shop",
    "state",
    "store",
    "student",
    "subscriber",
    "supermarket",
    "taxpayer",
    "theater",
    "town",
    "university",
    "user",
    "vendor",
    "victim",
    "visitor",
    "voter",
    "website",
    "worker",
    "city",
    "entity",
    "financial institution",
    "credit union",
    "dental practice",
    "dental office",
    "doctors office",
    "insurance company",
    "mass event",
    "general public",
    "private citizen",
    "private individual",
    "private company",
    "private person",
    "local government",
    "local business",
    "small business",
    "target organization",
    "victim organization",
};

/* In front of anything. */
static const char *const before[] = {
    "a number of", "at least",     "dozens of", "hundreds of", "many of",     "more than",
    "multiple",    "number of",    "numerous",  "several",     "some of",     "thousands of",
    "undisclosed", "unidentified", "unknown",   "unnamed",     "unspecified", "various",
};

/* In front of what they belong to: "customers of Target". */
static const char *const belonging[] = {
    "citizens", "clients", "consumers", "customers", "employees", "guests",   "individuals",
    "members",  "owners",  "patients",  "people",    "residents", "students", "subscribers",
    "users",    "victims", "visitors",  "voters",    "workers",
};
static const char *const of[] = {"of", "at", "from", "in", "across", "worldwide", "with", "using"};

/* Behind anything. */
static const char *const behind[] = {
    "account holders",
    "cardholders",
    "customers",
    "multiple countries",
    "numerous countries",
    "several countries",
    "subscribers",
    "unknown",
    "unnamed",
    "various countries",
};

/* In front of a kind: "a bank". */
static const char *const before_kind[] = {"a", "an", "anonymous", "local", "private"};

/* In front of several of a kind: "two hospitals". */
static const char *const before_kinds[] = {"all",  "certain", "different", "many", "other",
                                           "some", "two",     "three",     "four", "five",
                                           "six",  "seven",   "eight",     "nine", "ten"};

/* Organisations that sound like none. */
static const char *const named_so[] = {
    "multiple listing",
    "multiple sclerosis",
    "multiple myeloma",
    "unknown worlds",
};

#define N_OF(a) (sizeof(a) / sizeof *(a))

/* Whether S begins with WORDS as whole words; *ret_rest is what follows. */
static bool begins(const char *s, const char *words, const char **ret_rest)
{
    size_t n = strlen(words);
    if (*s != *words || strncmp(s, words, n) != 0 || (s[n] && s[n] != ' '))
        return false;
    *ret_rest = s + n + (s[n] == ' ');
    return true;
}

static bool begins_any(const char *s, const char *const *table, size_t n, const char **ret_rest)
{
    for (size_t i = 0; i < n; i++)
        if (begins(s, table[i], ret_rest))
            return true;
    return false;
}

static bool equals_any(const char *s, const char *const *table, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (*s == *table[i] && strcmp(s, table[i]) == 0)
            return true;
    return false;
}

static bool ends_any(const char *s, const char *const *table, size_t n)
{
    size_t length = strlen(s);
    for (size_t i = 0; i < n; i++) {
        size_t tail = strlen(table[i]);
        if (length > tail && s[length - tail - 1] == ' ' && strcmp(s + length - tail, table[i]) == 0)
            return true;
    }
    return false;
}

/* Whether S is several of ONE, in the plain plural. */
static bool is_plural(const char *s, const char *one)
{
    if (*s != *one)
        return false;
    size_t n = strlen(one);
    if (strncmp(s, one, n) == 0 && (strcmp(s + n, "s") == 0 || strcmp(s + n, "es") == 0))
        return true;
    return one[n - 1] == 'y' && strncmp(s, one, n - 1) == 0 && strcmp(s + n - 1, "ies") == 0;
}

static bool is_kinds(const char *s)
{
    for (size_t i = 0; i < N_OF(kinds); i++)
        if (is_plural(s, kinds[i]))
            return true;
    return false;
}

static bool is_kind(const char *s)
{
    return equals_any(s, kinds, N_OF(kinds)) || is_kinds(s);
}

static bool is_group(const char *s)
{
    const char *rest;
    if (begins_any(s, named_so, N_OF(named_so), &rest))
        return false;
    if (begins(s, "the", &rest))
        s = rest;
    if (is_kind(s) || begins_any(s, before, N_OF(before), &rest) || ends_any(s, behind, N_OF(behind)))
        return true;
    if ((begins_any(s, before_kind, N_OF(before_kind), &rest) && is_kind(rest)) ||
        (begins_any(s, before_kinds, N_OF(before_kinds), &rest) && is_kinds(rest)))
        return true;
    return begins_any(s, belonging, N_OF(belonging), &rest) &&
           (!*rest || begins_any(rest, of, N_OF(of), &rest));
}

enum name_sense org_words_sense(const char *words)
{
    return equals_any(words, nothing, N_OF(nothing)) ? NAME_NOTHING
           : is_group(words)                         ? NAME_GROUP
                                                     : NAME_ORGANIZATION;
}

int org_name_sense(const char *name, struct arena *mem, enum name_sense *ret)
{
    const char *words = org_name_words(name, mem);
    if (!words)
        return -ENOMEM;
    *ret = org_words_sense(words);
    return 0;
}
