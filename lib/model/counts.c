/* SPDX-License-Identifier: MIT */
/* What incidents are counted by. */
#include "model/counts.h"

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
