/* SPDX-License-Identifier: MIT */
/* Names that many organisations have, made of words like "first", "national" and "bank". Called by org_joins.c. */
#include "import/org_names.h"

#include <stdlib.h>
#include <string.h>

#define N_OF(a) (sizeof(a) / sizeof *(a))

/* Words of which names are made that many organisations have, each in its own place. Sorted. */
/* clang-format off */
static const char *const common[] = {
    "academy", "administration", "affairs", "agency", "agnes", "agriculture", "aid", "air", "all",
    "american", "and", "ann", "anne", "annes", "anthony", "army", "assembly", "associates", "association",
    "authority", "bank", "baptist", "bar", "bay", "board", "branch", "bureau", "business", "capital",
    "cardiology", "care", "catherine", "catholic", "center", "central", "centre", "charity", "childrens",
    "christ", "christian", "church", "citizens", "city", "clinic", "college", "commission", "committee",
    "communications", "community", "consultants", "consulting", "cooperative", "corrections", "council",
    "county", "court", "credit", "cross", "customs", "dealership", "defence", "defense", "dental",
    "department", "dermatology", "development", "digital", "directorate", "district", "doctors", "east",
    "eastern", "education", "electric", "elementary", "elizabeth", "emergency", "employment", "energy",
    "enterprises", "environment", "environmental", "evangelical", "eye", "family", "farmers",
    "federal", "federation", "fidelity", "finance", "financial", "fire", "first", "florist", "food", "for",
    "force", "foreign", "foundation", "francis", "fund", "gas", "general", "george", "global", "good",
    "government", "group", "gym", "health", "healthcare", "heart", "high", "holy", "home", "homes",
    "hospice", "hospital", "hospitals", "hotel", "house", "housing", "human", "independence", "industries",
    "information", "institute", "insurance", "integrated", "interior", "internal", "international", "james",
    "john", "johns", "joseph", "josephs", "jude", "justice", "labor", "labour", "law", "legal", "library",
    "local", "luke", "lukes", "lutheran", "main", "management", "mark", "market", "marks", "mary", "marys",
    "maternity", "medical", "medicine", "memorial", "mental", "merchants", "mercy", "methodist", "michael",
    "military", "ministry", "mortgage", "municipal", "mutual", "national", "navy", "new", "north",
    "northern", "nursing", "of", "office", "orthopaedic", "orthopedic", "parish", "park", "parliament",
    "partners", "paul", "pauls", "pediatric", "pediatrics", "peoples", "peter", "peters", "pharmacy",
    "physicians", "plan", "planning", "police", "post", "postal", "practice", "presbyterian", "primary",
    "prison", "professional", "protection", "providence", "public", "radiology", "regional", "registry",
    "rehabilitation", "reserve", "resources", "restaurant", "retirement", "revenue", "road", "royal",
    "sacred", "safety", "saint", "samaritan", "savings", "school", "schools", "second", "secondary",
    "security", "senate", "senior", "service", "services", "sheriffs", "shop", "social", "society",
    "solutions", "south", "southern", "specialists", "st", "state", "station", "store", "street",
    "superior", "support", "supreme", "surgery", "surgical", "system", "systems", "tax", "taxation",
    "technologies", "technology", "the", "therese", "thomas", "trade", "transport", "transportation",
    "treasury", "trinity", "trust", "union", "united", "universal", "university", "valley", "veterans",
    "veterinary", "village", "vincent", "water", "welfare", "west", "western", "womens", "works",
};
/* clang-format on */

static int by_word(const void *key, const void *word)
{
    return strcmp(key, *(const char *const *)word);
}

bool org_name_is_common(const char *name)
{
    char word[24];
    for (const char *s = name; *s;) {
        size_t n = strcspn(s, " ");
        if (n >= sizeof word)
            return false;
        memcpy(word, s, n);
        word[n] = '\0';
        if (!bsearch(word, common, N_OF(common), sizeof *common, by_word))
            return false;
        s += n + (s[n] == ' ');
    }
    return true;
}
