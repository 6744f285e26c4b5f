/* SPDX-License-Identifier: MIT */
/* What incidents are counted by. */
#include "model/counts.h"

#include "model/country.h"
#include "model/sector.h"

static const struct word facet_words[_FACET_N] = {
    [FACET_COUNTRY] = {"country", "country", "Country of the organisation named first."},
    [FACET_SECTOR] = {"sector", "sector",
                      "Sector of the organisation named first, by the first two digits of its NAICS code."},
    [FACET_ACTION] = {"action", "action", "What was done, in the seven actions of VERIS."},
    [FACET_ACTOR] = {"actor", "actor", "Who is named as having done it."},
    [FACET_DATA_CLASS] = {"data_class", "kind of data",
                          "Kinds of data that are said to have got out; denials are not counted."},
    [FACET_STATUS] = {"status", "status", "Whether it happened."},
    [FACET_EXPOSURE] = {"exposure", "exposure", "Whether data got out."},
    [FACET_DATASET] = {"dataset", "dataset", "Which dataset the record comes from."},
    [FACET_YEAR] = {"year", "year", "Year of the incident's date."},
    [FACET_PARTY_KIND] = {"party_kind", "kind of organisation", "Kinds of the organisations touched."},
    [FACET_ORGANIZATION] = {"organization", "organisation", "The organisations touched."},
};

const struct vocab vocab_facet = {
    .name = "facet", .title = "What incidents are counted by", .words = facet_words, .n = _FACET_N};

bool facet_is_grouping(enum facet f)
{
    return f != FACET_ACTOR && f != FACET_ORGANIZATION;
}

bool facet_is_exclusive(enum facet f)
{
    static const bool overlap[_FACET_N] = {[FACET_ACTION] = true,
                                           [FACET_ACTOR] = true,
                                           [FACET_DATA_CLASS] = true,
                                           [FACET_PARTY_KIND] = true,
                                           [FACET_ORGANIZATION] = true};
    return !overlap[f];
}

const char *facet_label(enum facet f, const char *value, const char *name)
{
    static const struct vocab *const vocabs[_FACET_N] = {
        [FACET_ACTION] = &vocab_action,       [FACET_DATA_CLASS] = &vocab_data_class,
        [FACET_STATUS] = &vocab_status,       [FACET_EXPOSURE] = &vocab_exposure,
        [FACET_PARTY_KIND] = &vocab_org_kind,
    };
    if (!value)
        return facet_is_exclusive(f) ? "not known" : "none recorded";
    int word = vocabs[f] ? vocab_find(vocabs[f], value) : -1;
    const char *known = word >= 0            ? vocab_label(vocabs[f], (unsigned)word)
                        : f == FACET_COUNTRY ? country_name(value)
                        : f == FACET_SECTOR  ? sector_name(value)
                                             : NULL;
    return name ? name : known ? known : value;
}
