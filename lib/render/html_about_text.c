/* SPDX-License-Identifier: MIT */
/* What /about says, in the order of its chapters. */
#include "render/html_about.h"

static const struct about_paragraph method[] = {
    {NULL, NULL,
     "breachd answers what is known about data breaches: the incidents, the organisations they touch "
     "(vehicle dealers "
     "first of all), and what happened when. It states nothing of its own. Every figure, date, name and kind "
     "of data "
     "stands with who puts it forward, how sure they are, and the source."},
    {"evidence", "Evidence",
     "Each fact says how sure it is (one of five words, defined below), which source it was read in, who "
     "asserts it "
     "where that is not the source itself, when they did, a note where one is needed, and at most a short "
     "quotation. A "
     "fact without a source was compiled from the record as a whole, and its note says so."},
    {"conflicts", "Disagreement",
     "Where sources disagree, all sides are kept and shown beside each other, and the conflict is said in "
     "words. No "
     "figure is averaged, and none is dropped because another is better known."},
    {"two-answers", "Two questions kept apart",
     "Whether an incident happened and whether data got out are different questions, so each has its own "
     "answer. An "
     "attack may be confirmed while the loss of data is only suspected. The second answer is derived: the "
     "strongest "
     "certainty among the kinds of data; without these, among the figures of those affected."},
    {"unknown", "What is not known",
     "Nothing unknown is written as zero. “Not known” means that no source read for the record says it. An "
     "empty list "
     "means that nothing is recorded."},
    {"people", "People",
     "A natural person is named only where a court, a regulator or that person made the name public; "
     "otherwise the "
     "role is given. Addresses of sources that attackers run are never published."},
    {"withdrawn", "Withdrawn and merged records",
     "A record that turns out to be wrong is withdrawn: its address then says when and why, and lists leave "
     "it out. A "
     "record merged into another leads there. An identifier is never given to something else."},
};

static const struct about_paragraph coverage[] = {
    {NULL, NULL,
     "Not listed is not the same as not breached. The catalogue holds incidents that were made public and "
     "that its "
     "datasets cover; most breaches are never made public, and no dataset is complete."},
    {NULL, NULL,
     "Counts over the catalogue therefore count reports, not breaches. A year, a country or a brand with "
     "more entries "
     "may have had more incidents, stricter duties to report, or more attention."},
    {"sources", "Sources",
     "Every record lists its sources, numbered for good, with publisher, date, kind and how each was read. A "
     "source "
     "read only in part may say more than is recorded here."},
};

static const struct about_paragraph rules[] = {
    {"headline-figure", "The headline figure: rule headline-1",
     "Of the figures that count all those affected, leaving out denied ones and placeholders, the headline "
     "is chosen in "
     "this order: by unit (people, accounts, records, vehicles, dealers, organisations); then by who asserts "
     "it "
     "(regulator, company, researcher, press, dataset, aggregator, attacker); then the latest; then the "
     "highest; then "
     "the first in the record. Only where nothing but placeholders exists is a placeholder shown. It always "
     "stands with "
     "its claimant, its certainty and the number of rival figures."},
    {"ceilings", "Ceilings, floors and estimates",
     "“Up to” is an upper limit and may be far above what happened; “at least” is a lower one; “about” is an "
     "estimate. "
     "They are never added up with exact counts without saying so."},
    {"date-basis", "The date of an incident",
     "An incident is listed under the first of these that is known: disclosed, notified, discovered, "
     "occurred. The word "
     "beside the date says which it is. Its year is the year of that date."},
    {"dates", "Dates that are not exact",
     "Dates keep their uncertainty in the Extended Date/Time Format of the Library of Congress: “about 21 "
     "March 2019”, "
     "“March 2019”, “some time between March and May 2021”. They are sorted by the earliest day they may "
     "mean."},
    {"delays", "Delays",
     "Days between occurrence, discovery and disclosure are given as the least and the most that the dates "
     "allow. Where "
     "either date is not known, no delay is given."},
    {"statistics", "Counts and sums",
     "Statistics count the incidents that a question leaves, a record that repeats another left out, so that "
     "each "
     "incident counts once; withdrawn and merged records count only where they are asked for. How many are "
     "left out is "
     "said. What no source tells is a group of its own, “not known”. A sum adds the headline figures of one "
     "unit: the "
     "number stated, else the upper bound, else the lower; it says how many of them are ceilings, floors, "
     "estimates or "
     "ranges. Units are never added together, a placeholder is in no sum, and an incident without a figure "
     "is counted "
     "as such."},
    {"delay-quantiles", "Medians of delays",
     "A delay has a least and a most, so its median has too: the least ones and the most ones are put in "
     "order each by "
     "themselves, and the one in the middle is taken of each (nearest rank); the true median lies between. "
     "Quartiles "
     "and nine in ten are found alike, among the incidents whose delay is known; how many these are stands "
     "beside "
     "them."},
    {"dealers", "Dealers",
     "A dealer is an organisation that sells or services vehicles, or a group that owns such. “Named” counts "
     "the dealers "
     "that have a record and are said to be breached, disrupted or to have had customers exposed; “stated” "
     "is a number "
     "that somebody gives. A group given only in words is shown in words, and is counted as no dealer."},
    {"ownership", "Owners and suppliers",
     "Ownership and supply are recorded only where a source states them. Selling a brand makes nobody its "
     "property. A "
     "page of an organisation shows its own incidents, those of what it owns, and those it inherits through "
     "owners and "
     "suppliers, each marked with the way."},
};

static const struct about_paragraph searching[] = {
    {NULL, NULL,
     "Every list can be searched, narrowed and put in order, and says above its rows in words what it was "
     "narrowed by. Each "
     "such filter can be taken back by itself. All of it stands in the address of the page, which can be "
     "kept and passed on."},
    {"search", "Words",
     "A search finds incidents in whose title, summary, names of organisations or events all the words "
     "occur, in any order and "
     "any of the languages that a name is kept in. “\"data breach\"” in quotation marks finds the words in a "
     "row, “toyo*” words that "
     "begin so, “-vietnam” leaves out what has that word. Capitals, accents and the width of letters make no "
     "difference. "
     "Chinese, Japanese and Korean are found without spaces."},
    {"filters", "Filters",
     "Several values of one filter mean any of them; different filters mean all of them. The number beside a "
     "value counts the "
     "incidents that have it under all the other filters. A kind of data matches where its loss is "
     "confirmed, claimed or "
     "suspected; a denial never matches. “Not known” finds what no source tells."},
    {"filter-dates", "Dates",
     "A date is a year, a month or a day (2019, 2019-03, 2019-03-29), or a span of these (2019-01/2019-06). "
     "What may have been then is "
     "found, unless only what certainly was then is asked for; what is approximate or uncertain never is "
     "certain."},
    {"filter-sizes", "Sizes",
     "How many were affected is the headline figure: the number stated, else its upper bound, else its "
     "lower. It is compared in one "
     "unit, people where no other is chosen; what is counted in another is not found."},
    {"sector", "Lines of business",
     "The line of business is the organisation's number in the North American Industry Classification System "
     "(NAICS), of which the first two digits name a sector: 44 and 45 are retail trade, and within it 4411 "
     "to 4413 are dealers in "
     "vehicles and parts. Where a dataset gives no number, it is not known."},
    {"orders", "Orders",
     "What has no value for the order stands last. The best match comes first where words are searched for, "
     "up to 10,000 "
     "matches; above that, the newest."},
};

static const struct about_paragraph definitions[] = {
    {NULL, NULL,
     "These are all the words that records use, as pages say them and, in the other typeface, as data write "
     "them."},
};

static const struct about_paragraph promise[] = {
    {NULL, NULL,
     "Every page has its data at the same address with .json at the end. Within version 1 members and words "
     "may be "
     "added; none is renamed, removed or changes its meaning or type. Null means not known; an empty list "
     "means none "
     "recorded. Addresses of records, and the anchors of facts within them, stay."},
    {NULL, NULL,
     "A catalogue never changes: a new one replaces it as a whole. Its identifier stands at the foot of "
     "every page and in "
     "every answer, so that two readers can tell whether they looked at the same."},
};

static const struct about_paragraph following[] = {
    {NULL, NULL,
     "Lists of incidents, the timeline, and the pages of dealers and organisations have a feed, for feed "
     "readers and "
     "mail: the 50 "
     "entries that changed last, under the filters of the page it is linked from. For a company, its group "
     "and whom it "
     "depends on, "
     "filter the incidents by all of them at once."},
    {NULL, NULL,
     "A record that is withdrawn leaves its feeds without a word, as it leaves the lists. Who wants to be "
     "told adds "
     "modified_since=2000-01-01 to the address of a feed of incidents: what was withdrawn or merged then "
     "comes as an "
     "entry that says "
     "so."},
    {NULL, NULL,
     "Timelines have a calendar too, of the newest 1,000 events. A calendar has days and no doubts: an event "
     "whose date "
     "is known to a "
     "month takes all of that month and says so, and one of which less is known is left out."},
};

static const struct about_paragraph licences[] = {
    {NULL, NULL,
     "Each dataset has a licence and a credit line of its own; its page has both, and every record names its "
     "dataset. "
     "Quotations stay the property of whoever wrote them. The program is free software under the MIT "
     "licence."},
};

static const struct about_paragraph cite[] = {
    {NULL, NULL,
     "Cite the record and the day: its title, “breachd”, the catalogue’s identifier and date from the foot "
     "of the page, "
     "and the address. For a single fact add its anchor, as in /incidents/…#figure-people-1."},
    {NULL, NULL,
     "Better still, cite the source that the fact stands with, and read it first. Repeat a figure with its "
     "claimant and "
     "its hedge: “up to 3.1 million people, says the company” is not “3.1 million people”."},
};

static const struct about_paragraph problems[] = {
    {NULL, NULL,
     "When something cannot be answered, the answer says which of these it is. As data it is a problem "
     "document of RFC "
     "9457 whose type is the address of the entry below."},
};

const struct word about_problems[] = {
    {"parameters", "Parameters not understood",
     "The query has an unknown parameter, a value that is not allowed, one given twice, or a page mark of "
     "another query. "
     "Each fault is named, with the nearest right name or value. Nothing is ignored, so that a slip is not "
     "taken for an "
     "answer."},
    {"bad-request", "Request not understood", "The request breaks the rules of HTTP or of addresses."},
    {"not-found", "Not found", "There is no page or record at this address."},
    {"method", "Method not served", "Only GET, HEAD and OPTIONS are served; nothing here can be changed."},
    {"not-acceptable", "Not in that form",
     "The address does not come in any of the forms asked for. Leave the choice open, or end it in a suffix "
     "that exists."},
    {"gone", "Withdrawn", "The record was withdrawn. Its address says when and why."},
    {"too-long", "Address too long", "The address has more than 8,192 bytes."},
    {"too-large", "Request too large", "The request has more headers or a larger body than is read here."},
    {"precondition", "Not the one that was meant",
     "The request asked for one catalogue by its entity tag (If-Match), and another is served by now."},
    {"range", "No such part",
     "The request asked for bytes beyond the end of the file (Range); the answer says how many it has."},
    {"unavailable", "Not now",
     "The service starts, stops or has too much to do, or the question took too long. Try again after the "
     "time that the "
     "answer names."},
    {"internal", "Fault of the service",
     "Something failed here. The fault is logged; it does not lie with the request."},
};
const size_t about_problems_n = sizeof about_problems / sizeof *about_problems;

#define CHAPTER(id, title, list)                                                                             \
    {                                                                                                        \
        (id), (title), (list), sizeof(list) / sizeof *(list)                                                 \
    }
const struct about_chapter about_chapters[] = {
    CHAPTER("method", "Method", method),
    CHAPTER("coverage", "What is covered", coverage),
    CHAPTER("rules", "Rules", rules),
    CHAPTER("searching", "Searching and narrowing", searching),
    CHAPTER("definitions", "Definitions", definitions),
    CHAPTER("promise", "What you may rely on", promise),
    CHAPTER("following", "Following what changes", following),
    CHAPTER("licences", "Licences", licences),
    CHAPTER("cite", "How to cite", cite),
    CHAPTER("problems", "Problems", problems),
};
const size_t about_chapters_n = sizeof about_chapters / sizeof *about_chapters;
