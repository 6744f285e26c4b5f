/* SPDX-License-Identifier: MIT */
/*
 * Names of the two-digit sectors of NAICS 2022 in everyday words, and of those below them that this catalogue is about.
 * Facets, statistics and pages show them.
 */
#include "model/sector.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *code, *name;
} sectors[] = {
    {"11", "farming, forestry and fishing"},
    {"21", "mining, oil and gas"},
    {"22", "electricity, gas and water"},
    {"23", "construction"},
    {"31", "makers of food, drink and clothes"},
    {"32", "makers of paper, chemicals and plastics"},
    {"33", "makers of metals, machines and vehicles"},
    {"3361", "car makers"},
    {"3362", "makers of car bodies and trailers"},
    {"3363", "makers of car parts"},
    {"42", "wholesale trade"},
    {"44", "shops: cars, food, building, furniture and health"},
    {"441", "car dealers and car parts"},
    {"4411", "car dealers"},
    {"4412", "dealers of other vehicles"},
    {"4413", "shops for car parts and tyres"},
    {"45", "shops: general, clothes, sports, fuel and online"},
    {"48", "transport"},
    {"49", "post, couriers and warehouses"},
    {"51", "information, media and software"},
    {"52", "finance and insurance"},
    {"53", "property and rental"},
    {"54", "law, accounting, consulting and research"},
    {"55", "holding companies and head offices"},
    {"56", "business services and waste"},
    {"61", "education"},
    {"62", "health and social care"},
    {"71", "arts, sports and leisure"},
    {"72", "hotels and restaurants"},
    {"81", "repairs, personal services and associations"},
    {"92", "public administration"},
};

const char *sector_name(const char *code)
{
    const char *best = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < sizeof sectors / sizeof *sectors; i++) {
        size_t n = strlen(sectors[i].code);
        if (n > longest && strncmp(sectors[i].code, code, n) == 0) {
            best = sectors[i].name;
            longest = n;
        }
    }
    return best;
}
