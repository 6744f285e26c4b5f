/* SPDX-License-Identifier: MIT */
/*
 * The VERIS Community Database (VCDB): incidents coded in VERIS, schema 1.3.0 to 1.4.1, a JSON object each.
 * One file holds one of them, or an array, or one a line. What a member means is in the other vcdb*.c; here
 * is the record as a whole:
 *
 *   security_incident   status      facts at most          confidence   facts at most
 *   Confirmed           confirmed   confirmed              High, none   confirmed
 *   Suspected           suspected   suspected              Medium       claimed
 *   Near miss           suspected   suspected, and a note  Low          suspected
 *   False positive      disputed    denied, and a note     None         unknown
 *   none, other words   claimed     claimed, and a note    other words  unknown
 *
 * Dates and parties go by confidence alone, since a false positive too had a day and a place.
 */
#include "import/vcdb.h"

#include "import/reader.h"
#include "import/records.h"
#include "util/digest.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <strings.h>

#define DATASET "vcdb"
#define PROJECT "https://github.com/vz-risk/VCDB"

static const struct dataset about = {
    .id = DATASET,
    .title = "VERIS Community Database",
    .publisher = "VERIS Community Database",
    .license = "CC BY-SA 4.0",
    .license_spdx = "CC-BY-SA-4.0",
    .license_url = "https://creativecommons.org/licenses/by-sa/4.0/",
    .credit = "VERIS Community Database (vz-risk/VCDB), put into the form of this catalogue",
    .url = PROJECT,
};

/* --- ids --- */

enum { DIGEST_DIGITS = 8 }; /* of what tells ids apart */

/* The first digits of TEXT's digest into RET. 0 or -ENOMEM. */
static int digits_of(const char *text, char ret[static DIGEST_HEX_SIZE])
{
    _cleanup_digest_ struct digest *d = digest_new();
    if (!d)
        return -ENOMEM;
    digest_add(d, text, strlen(text));
    digest_hex(d, ret);
    ret[DIGEST_DIGITS] = '\0';
    return 0;
}

/* Appends what of TEXT an id can have; whether that is all of it but case. */
static bool add_slug(struct strbuf *b, const char *text)
{
    enum { ROOM = LIMIT_ID_BYTES - DIGEST_DIGITS - 2 };
    size_t begin = b->size;
    bool whole = true;
    for (; *text && b->size < ROOM && !b->failed; text++) {
        bool fits = isalnum((unsigned char)*text) || *text == '-';
        whole &= fits || *text == ' ';
        if (fits)
            strbuf_addc(b, (char)tolower((unsigned char)*text));
        else if (b->size > begin && b->data[b->size - 1] != '-')
            strbuf_addc(b, '-');
    }
    whole &= !*text && b->size > begin && b->data[0] != '-';
    while (!whole && b->size > begin && b->data[b->size - 1] == '-')
        strbuf_cut(b, b->size - 1);
    return whole;
}

const char *vcdb_slug(struct vcdb *x, const char *prefix, const char *text)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    char digits[DIGEST_HEX_SIZE];
    strbuf_adds(&b, prefix);
    if (!add_slug(&b, text)) {
        if (digits_of(text, digits) != 0)
            b.failed = true;
        else
            strbuf_addf(&b, "%s%s", b.size && b.data[b.size - 1] != '-' ? "-" : "", digits);
    }
    const char *kept = b.failed ? NULL : arena_strdup(x->d.c->record, b.data);
    if (!kept)
        x->d.error = -ENOMEM;
    return kept;
}

/* The stem of FILE where it holds one record: "a1.json" is "a1", as is "A1.JSON.gz"; its length, 0: it is
 * none. */
static size_t stem_of(const struct origin *from)
{
    static const char *const packed[] = {".gz", ".xz", ".bz2", ".zst"};
    size_t n = from->position || !from->file ? 0 : strlen(from->file);
    for (size_t i = 0; i < sizeof packed / sizeof *packed; i++) {
        size_t k = strlen(packed[i]);
        if (n > k && strncasecmp(from->file + n - k, packed[i], k) == 0)
            n -= k;
    }
    return n > 5 && strncasecmp(from->file + n - 5, ".json", 5) == 0 ? n - 5 : 0;
}

/* The id that a record has by its own number, before it is known whether others have it too. */
static const char *numbered_id(struct vcdb *x, const char *number)
{
    char *text = json_dumps(x->v, JSON_COMPACT | JSON_SORT_KEYS);
    char digits[DIGEST_HEX_SIZE];
    int r = text ? digits_of(text, digits) : -ENOMEM;
    free(text);
    const char *id = vcdb_slug(x, DATASET "-", number);
    if (r != 0)
        x->d.error = r;
    return id && r == 0 ? draft_format(&x->d, "%.*s-%s", LIMIT_ID_BYTES - DIGEST_DIGITS - 1, id, digits)
                        : NULL;
}

static void put_id(struct vcdb *x)
{
    struct incident_row *row = &x->d.x.row;
    size_t n = stem_of(&x->d.fate.from);
    if (n) {
        row->dataset_record = vcdb_clean(x, NULL, draft_format(&x->d, "%.*s", (int)n, x->d.fate.from.file),
                                         LIMIT_TITLE_BYTES, false);
        row->id = row->dataset_record ? vcdb_slug(x, DATASET "-", row->dataset_record) : NULL;
        return;
    }
    row->dataset_record = vcdb_text(x, "incident_id", LIMIT_TITLE_BYTES, false);
    if (row->dataset_record)
        row->id = numbered_id(x, row->dataset_record);
    else
        draft_reject(&x->d, "incident_id",
                     "is missing or empty; a record that has no file of its own needs one");
}

/* --- the record --- */

/* The dataset's own entry: what it points to and when it was made. */
static void put_entry(struct vcdb *x)
{
    struct source *s = draft_source(&x->d, CLASS_DATASET);
    size_t n = stem_of(&x->d.fate.from);
    if (!s)
        return;
    s->title = draft_format(&x->d, "Record %.200s",
                            x->d.x.row.dataset_record ? x->d.x.row.dataset_record : "without a number");
    s->publisher = about.publisher;
    s->url = PROJECT;
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    strbuf_adds(&b, PROJECT "/blob/master/data/json/validated/");
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)x->d.fate.from.file[i];
        if (isalnum(c) || c == '-' || c == '_' || c == '.')
            strbuf_addc(&b, (char)c);
        else
            strbuf_addf(&b, "%%%02X", c);
    }
    const char *end = x->d.fate.from.file ? x->d.fate.from.file + n : "";
    if (n && !b.failed)
        s->url = draft_format(&x->d, "%s%.5s", b.data, end);
    if (s->url && !reader_is_url(s->url))
        s->url = PROJECT;
    char day[11];
    if (x->d.x.row.added) {
        (void)snprintf(day, sizeof day, "%.10s", x->d.x.row.added);
        const char *kept = draft_format(&x->d, "%s", day);
        if (kept && edtf_parse(kept, &s->published) != 0)
            s->published = EDTF_UNKNOWN;
    }
}

static const struct {
    const char *word;
    enum status status;
    enum certainty certainty;
    const char *note;
} statuses[] = {
    {"Confirmed", STATUS_CONFIRMED, CERTAINTY_CONFIRMED, NULL},
    {"Suspected", STATUS_SUSPECTED, CERTAINTY_SUSPECTED, NULL},
    {"Near miss", STATUS_SUSPECTED, CERTAINTY_SUSPECTED,
     "VCDB codes it as a near miss: no incident came of it"},
    {"False positive", STATUS_DISPUTED, CERTAINTY_DENIED,
     "VCDB codes it as a false positive: it turned out to be no incident"},
};

static const struct {
    const char *word;
    enum certainty certainty;
} confidences[] = {
    {"High", CERTAINTY_CONFIRMED},
    {"Medium", CERTAINTY_CLAIMED},
    {"Low", CERTAINTY_SUSPECTED},
    {"None", CERTAINTY_UNKNOWN},
};

/* The words of confidence and security_incident as facts' certainties. */
static const char *put_confidence(struct vcdb *x)
{
    const char *word = vcdb_text(x, "confidence", LIMIT_TITLE_BYTES, false);
    x->told = word ? CERTAINTY_UNKNOWN : CERTAINTY_CONFIRMED;
    bool found = !word;
    for (size_t i = 0; word && i < sizeof confidences / sizeof *confidences; i++)
        if (strcasecmp(word, confidences[i].word) == 0) {
            x->told = confidences[i].certainty;
            found = true;
        }
    if (!found)
        draft_warn(&x->d, "unknown-word", "confidence", "\"%.*s\" is no word of VERIS for it",
                   VCDB_SHOWN(word));
    return x->told == CERTAINTY_CONFIRMED ? NULL
                                          : draft_format(&x->d, "VCDB codes its confidence as %s", word);
}

static void put_status(struct vcdb *x)
{
    struct incident_row *row = &x->d.x.row;
    const char *confidence = put_confidence(x), *note = NULL;
    const char *word = vcdb_text(x, "security_incident", LIMIT_TITLE_BYTES, false);
    size_t i = 0, n = sizeof statuses / sizeof *statuses;
    while (i < n && (!word || strncasecmp(word, statuses[i].word, strlen(statuses[i].word)) != 0))
        i++; /* newer schemas say more behind the word */
    row->status = i < n ? statuses[i].status : STATUS_CLAIMED;
    x->sure = vcdb_weaker(x->told, i < n ? statuses[i].certainty : CERTAINTY_CLAIMED);
    if (i == n && word) {
        draft_warn(&x->d, "unknown-word", "security_incident", "\"%.*s\" is no word of VERIS for it",
                   VCDB_SHOWN(word));
        note = draft_format(&x->d, "VCDB codes it as: %s", word);
    } else {
        note = i < n ? statuses[i].note : "VCDB does not say whether it is confirmed";
    }
    row->status_note = note && confidence ? draft_format(&x->d, "%s; %s", note, confidence)
                       : note             ? note
                                          : confidence;
}

static void put_title(struct vcdb *x, const char *what, const char *whom, int year)
{
    const char *text = year ? draft_format(&x->d, "%s at %s, %d", what, whom, year)
                            : draft_format(&x->d, "%s at %s", what, whom);
    x->d.x.row.title = draft_text(&x->d, NULL, text, SIZE_MAX, LIMIT_TITLE_BYTES, false);
}

static void put_record(struct vcdb *x)
{
    put_id(x);
    vcdb_put_times(x);
    put_entry(x);
    vcdb_check_objects(x);
    vcdb_withhold(x);
    put_status(x);
    vcdb_put_notes(x);
    const char *whom = vcdb_put_victim(x), *what = vcdb_put_actions(x);
    put_title(x, what, whom, vcdb_put_dates(x));
    vcdb_put_actors(x);
    vcdb_put_assets(x);
    vcdb_put_data(x);
    vcdb_put_impact(x);
    vcdb_put_references(x);
}

/* --- the adapter --- */

static bool knows(const json_t *v)
{
    return json_object_get(v, "schema_version") &&
           (json_object_get(v, "incident_id") || json_object_get(v, "victim") ||
            json_object_get(v, "action"));
}

/* Between number and digest of an id that is not settled yet; no id has it otherwise. */
#define UNSETTLED '#'

static int read_record(struct catalogue *c, const json_t *v, const struct origin *from, size_t *ret_records)
{
    struct vcdb x = {.v = v};
    size_t before = c->n_incidents;
    draft_begin(&x.d, c, DATASET, from);
    if (json_is_object(v))
        put_record(&x);
    else
        draft_reject(&x.d, NULL, "is %s, not a record", reader_type(v));
    int r = draft_end(&x.d, ret_records);
    if (r != 0 || c->n_incidents == before || stem_of(from))
        return r;
    char *id = arena_strdup(c->mem, c->incidents[before].id);
    if (!id)
        return -ENOMEM;
    id[strlen(id) - DIGEST_DIGITS - 1] = UNSETTLED;
    c->incidents[before].id = id;
    return 0;
}

/* --- records without a file of their own --- */

static int by_id(const void *a, const void *b)
{
    const struct incident_record *x = *(struct incident_record *const *)a,
                                 *y = *(struct incident_record *const *)b;
    int order = strcmp(x->id, y->id);
    return order ? order : (x > y) - (x < y);
}

/* Whether two ids differ at most in their digests. */
static bool is_same_number(const char *a, const char *b)
{
    size_t n = strcspn(a, "#");
    return strncmp(a, b, n + 1) == 0;
}

/* Of records alike in everything one stays. It counts as imported, which the other one is. */
static int drop_identical(struct catalogue *c, struct incident_record *rec)
{
    int r = record_warn(c, rec, "identical", NULL,
                        "is the same, member by member, as another record; one is enough");
    rec->id = NULL;
    return r != 0 ? r : report_count(c->report, DATASET, false, true);
}

/* Gives N records of one number, in the order of their ids, what they are called by: the number alone, or
 * each with its digest. */
static int settle_number(struct catalogue *c, struct incident_record **at, size_t n)
{
    bool alone = strcmp(at[0]->id, at[n - 1]->id) == 0;
    const char *last = NULL;
    for (size_t i = 0; i < n; i++) {
        const char *is = at[i]->id;
        if (last && strcmp(is, last) == 0) {
            int r = drop_identical(c, at[i]);
            if (r != 0)
                return r;
            continue;
        }
        last = is;
        char *id = alone ? arena_strndup(c->mem, is, strcspn(is, "#")) : arena_strdup(c->mem, is);
        if (!id)
            return -ENOMEM;
        id[strcspn(id, "#")] = alone ? '\0' : '-';
        at[i]->id = id;
    }
    return 0;
}

static void sweep(struct catalogue *c)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->n_incidents; i++)
        if (c->incidents[i].id)
            c->incidents[kept++] = c->incidents[i];
    c->n_incidents = kept;
}

static int settle(struct catalogue *c)
{
    struct incident_record **at = arena_array(c->mem, c->n_incidents, sizeof(struct incident_record *));
    size_t n = 0;
    int r = 0;
    if (!at)
        return -ENOMEM;
    for (size_t i = 0; i < c->n_incidents; i++)
        if (strchr(c->incidents[i].id, UNSETTLED))
            at[n++] = &c->incidents[i];
    if (n > 1)
        qsort(at, n, sizeof *at, by_id);
    for (size_t i = 0, next; i < n && r == 0; i = next) {
        for (next = i + 1; next < n && is_same_number(at[i]->id, at[next]->id);)
            next++;
        r = settle_number(c, at + i, next - i);
    }
    if (r == 0 && n)
        sweep(c);
    return r;
}

const struct adapter adapter_vcdb = {
    .name = DATASET,
    .about = &about,
    .knows_json = knows,
    .read_json = read_record,
    .settle = settle,
};
