/* SPDX-License-Identifier: MIT */
/*
 * One pull, step by step: lock, ask (what is here is named by its entity tag, what is left of an earlier download by If-Range),
 * download into the part, look it over, publish. A failure of the download keeps the part; a part that turned out wrong goes.
 */
#include "pull.h"

#include "fetch.h"
#include "http/field.h"
#include "import/publish.h"
#include "pull_notes.h"
#include "storage/storage.h"
#include "util/limits.h"
#include "util/num.h"
#include "util/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define DIGEST_BLOCK 65536

struct pull {
    const struct pull_request *rq;
    char *shown; /* the address without its query */
    struct publish *place;
    char *part, *notes_path;
    struct pull_notes notes;
    int fd;           /* of the part */
    uint64_t size;    /* of the part */
    uint64_t resumed; /* of it, from before */
    char *tag;        /* of what is being downloaded, or NULL */
    char *digest;     /* base64 of its SHA-256, or NULL: none was sent */
    bool unchanged, keep_part;
    char **error;
    int failure; /* what head or body met, where they stopped */
};

/* Says in P's error "ADDRESS: …". */
__attribute__((format(printf, 2, 3))) static int fail(struct pull *p, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = strbuf_told(p->shown, format, args);
    va_end(args);
    if (!text)
        return -ENOMEM;
    free(*p->error);
    *p->error = text;
    return PULL_E_FAILED;
}

/* --- getting ready --- */

/* `.NAME.ENDING` beside the catalogue, from the hidden name that publishing has. */
static char *beside(const struct publish *place, const char *ending)
{
    const char *path = publish_path(place);
    char *name = NULL;
    return asprintf(&name, "%.*s.%s", (int)(strrchr(path, '.') - path), path, ending) < 0 ? NULL : name;
}

static int open_part(struct pull *p)
{
    struct stat st;
    p->fd = open(p->part, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0644);
    if (p->fd < 0 || fstat(p->fd, &st) != 0)
        return fail(p, "cannot write %s: %s", p->part, strerror(errno));
    if (!S_ISREG(st.st_mode))
        return fail(p, "cannot write %s: it is no file; remove it", p->part);
    p->size = (uint64_t)st.st_size;
    return 0;
}

static int prepare(struct pull *p)
{
    const char *url = p->rq->url;
    p->shown = strndup(url, strcspn(url, "?#"));
    if (!p->shown)
        return -ENOMEM;
    int r = publish_begin(p->rq->output, &p->place, p->error);
    if (r != 0)
        return r < 0 ? r : PULL_E_FAILED;
    p->part = beside(p->place, "part");
    p->notes_path = beside(p->place, "pull");
    r = p->part && p->notes_path ? pull_notes_read(p->notes_path, &p->notes) : -ENOMEM;
    return r == 0 ? open_part(p) : r;
}

/* --- asking --- */

static bool is_strong(const char *tag)
{
    return tag && *tag == '"';
}

/* Whether what lies at the output is still what the notes speak of. */
static bool is_known(const struct pull *p)
{
    if (!pull_origin_is(&p->notes.whole, p->shown) || !p->notes.file)
        return false;
    char *now = pull_file_name(p->rq->output);
    bool same = now && strcmp(now, p->notes.file) == 0;
    free(now);
    return same;
}

/* Cuts the part to SIZE bytes. */
static int cut_part(struct pull *p, uint64_t size)
{
    if (ftruncate(p->fd, (off_t)size) != 0 || lseek(p->fd, (off_t)size, SEEK_SET) < 0)
        return fail(p, "cannot write %s: %s", p->part, strerror(errno));
    p->size = size;
    return 0;
}

/* The part can be gone on with, or is emptied. Its last byte is asked for again: a range has to have one. */
static int settle_part(struct pull *p)
{
    bool known = pull_origin_is(&p->notes.part, p->shown) && is_strong(p->notes.part.tag);
    int r = cut_part(p, known && p->size > 1 ? p->size - 1 : 0);
    p->resumed = p->size;
    return r;
}

/* --- the head of the reply --- */

/* The SHA-256 in a digest field (RFC 9530: a dictionary of byte sequences); NULL: not there, or no memory. */
static char *read_digest(const char *field)
{
    static const char name[] = "sha-256=:";
    struct field_span rest = field_span(field ? field : ""), member;
    while (field_next(&rest, ',', &member)) {
        member = field_trim(member);
        if (member.length > sizeof name && strncmp(member.at, name, sizeof name - 1) == 0)
            return strndup(member.at + sizeof name - 1, strcspn(member.at + sizeof name - 1, ":"));
    }
    return NULL;
}

static void note_digest(struct pull *p, const struct fetch_reply *reply)
{
    p->digest = read_digest(fetch_field(reply, "Repr-Digest"));
    if (!p->digest && reply->status == 200) /* of the content, which is then the whole */
        p->digest = read_digest(fetch_field(reply, "Content-Digest"));
}

static int digest_file(const char *path, int fd, char ret[static DIGEST_BASE64_SIZE])
{
    _cleanup_digest_ struct digest *d = digest_new();
    char *block = malloc(DIGEST_BLOCK);
    int own = path ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1, r = d && block ? 0 : -ENOMEM;
    off_t at = 0;
    ssize_t n = 1;
    while (r == 0 && n > 0) {
        n = pread(path ? own : fd, block, DIGEST_BLOCK, at);
        if (n > 0)
            digest_add(d, block, (size_t)n);
        else if (n < 0)
            r = -errno;
        at += n;
    }
    if (r == 0)
        digest_base64(d, ret);
    if (own >= 0)
        (void)close(own);
    free(block);
    return r;
}

/* Whether the catalogue here has the digest that the server names: then nothing needs to be downloaded, whatever the tags. */
static bool is_here(const struct pull *p)
{
    char own[DIGEST_BASE64_SIZE];
    return p->digest && digest_file(p->rq->output, -1, own) == 0 && strcmp(own, p->digest) == 0;
}

/* Whether a 206 is the range that was asked for, of the file that was meant. */
static bool is_continued(const struct pull *p, const struct fetch_reply *reply)
{
    const char *range = fetch_field(reply, "Content-Range"), *tag = fetch_field(reply, "ETag");
    char wanted[64];
    int n = snprintf(wanted, sizeof wanted, "bytes %" PRIu64 "-", p->size);
    return p->resumed && range && strncmp(range, wanted, (size_t)n) == 0 &&
           (!tag || strcmp(tag, p->notes.part.tag) == 0);
}

static int refuse_status(struct pull *p, unsigned status)
{
    static const struct {
        unsigned status;
        const char *mend;
    } mends[] = {
        {401, "it wants to know who asks; use an address that needs no password, such as a signed one"},
        {403, "it may not be read from here; use an address that may"},
        {404, "nothing is there; check the path"},
        {410, "nothing is there any more; check the path"},
        {429, "pull less often"}};
    for (size_t i = 0; i < sizeof mends / sizeof *mends; i++)
        if (mends[i].status == status)
            return fail(p, "answered %u: %s", status, mends[i].mend);
    return fail(p, "answered %u; %s", status, status >= 500 ? "pull again later" : "check the address");
}

static int refuse_size(struct pull *p)
{
    return fail(p, "is larger than %" PRIu64 " bytes; if that is right, raise --max-size", p->rq->most);
}

/* From now on the part belongs to TAG, which is written down before the first byte: whoever is killed can go on. */
static int begin_part(struct pull *p, const char *tag)
{
    int r = cut_part(p, 0);
    p->resumed = 0;
    if (r != 0 || !is_strong(tag))
        return r;
    if (!pull_origin_set(&p->notes.part, p->shown, tag))
        return -ENOMEM;
    r = pull_notes_write(p->notes_path, &p->notes, p->error);
    return r > 0 ? PULL_E_FAILED : r;
}

/* What the head says: 0: download. */
static int judge(struct pull *p, const struct fetch_reply *reply)
{
    const char *tag = fetch_field(reply, "ETag"), *coding = fetch_field(reply, "Content-Encoding");
    note_digest(p, reply);
    p->unchanged = reply->status == 304 && is_known(p);
    if (reply->status == 206 && !is_continued(p, reply))
        return fail(p, "sent another part than was asked for; pull again, from the beginning");
    if (reply->status != 200 && reply->status != 206)
        return p->unchanged ? 0 : refuse_status(p, reply->status);
    if (coding && strcasecmp(coding, "identity") != 0)
        return fail(p, "is sent as %.40s, though it was asked for as it is; make the server leave it alone",
                    coding);
    if (tag && !(p->tag = strdup(tag)))
        return -ENOMEM;
    p->unchanged = is_here(p);
    if (p->unchanged)
        return 0;
    if (reply->status == 200) {
        int r = begin_part(p, tag);
        if (r != 0)
            return r;
    }
    return reply->sized && p->size + reply->length > p->rq->most ? refuse_size(p) : 0;
}

static bool on_head(void *ctx, const struct fetch_reply *reply)
{
    struct pull *p = ctx;
    p->failure = judge(p, reply);
    return p->failure == 0 && !p->unchanged;
}

static bool on_body(void *ctx, const void *bytes, size_t n)
{
    struct pull *p = ctx;
    const char *at = bytes;
    if (p->size + n > p->rq->most) {
        p->failure = refuse_size(p);
        return false;
    }
    while (n) {
        ssize_t written = write(p->fd, at, n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            p->keep_part = true;
            p->failure = fail(p, "cannot write %s: %s", p->part, strerror(errno));
            return false;
        }
        at += written;
        n -= (size_t)written;
        p->size += (size_t)written;
    }
    return true;
}

/* Asks with the conditions that the notes allow. */
static int ask(struct pull *p)
{
    _cleanup_strbuf_ struct strbuf none_match = STRBUF_INIT, if_range = STRBUF_INIT, range = STRBUF_INIT;
    const char *fields[3];
    struct fetch_request rq = {
        .url = p->rq->url, .ca = p->rq->ca, .fields = fields, .head = on_head, .body = on_body, .ctx = p};
    if (is_known(p)) {
        strbuf_addf(&none_match, "If-None-Match: %s", p->notes.whole.tag);
        fields[rq.n_fields++] = none_match.data;
    }
    if (p->size) {
        strbuf_addf(&if_range, "If-Range: %s", p->notes.part.tag);
        strbuf_addf(&range, "Range: bytes=%" PRIu64 "-", p->size);
        fields[rq.n_fields++] = if_range.data;
        fields[rq.n_fields++] = range.data;
    }
    if (none_match.failed || if_range.failed || range.failed)
        return -ENOMEM;
    char *why = NULL;
    int r = fetch_run(&rq, &why);
    if (r == FETCH_E_STOPPED)
        return p->failure;
    if (r == FETCH_E_FAILED) {
        p->keep_part = true;
        r = fail(p, "%s", why);
    }
    free(why);
    return r;
}

/* --- looking over --- */

static int check_digest(struct pull *p)
{
    char own[DIGEST_BASE64_SIZE];
    int r = p->digest ? digest_file(NULL, p->fd, own) : 0;
    if (r == -ENOMEM)
        return r;
    if (r < 0)
        return fail(p, "cannot read %s: %s", p->part, strerror(-r));
    if (p->digest && strcmp(own, p->digest) != 0)
        return fail(p, "what arrived has not the digest that the server names (%s, not %.44s); pull again",
                    own, p->digest);
    return 0;
}

static void keep_first(void *ctx, const char *line)
{
    char **first = ctx;
    if (!*first)
        *first = strdup(line);
}

/* WHY of storage without the hidden file's name and the advice about it. */
static int refuse_catalogue(struct pull *p, char *why)
{
    size_t n = strlen(p->part);
    const char *text = why && strncmp(why, p->part, n) == 0 && why[n] == ':' ? why + n + 2 : why;
    const char *advice = text ? strrchr(text, ';') : NULL;
    int length = advice ? (int)(advice - text) : text ? (int)strlen(text) : 0;
    int r = fail(p, "what it sends cannot be served: %.*s; have it published again there, by this version",
                 length, text ? text : "");
    free(why);
    return r;
}

static int check_catalogue(struct pull *p)
{
    char *why = NULL, *first = NULL;
    size_t faults = 0;
    int r = storage_check(p->part, keep_first, &first, &faults, &why);
    if (r < 0) {
        free(first);
        return r;
    }
    if (r == 0 && faults == 0) {
        free(first);
        return 0;
    }
    if (!why) {
        why = first;
        first = NULL;
    }
    free(first);
    return refuse_catalogue(p, why);
}

/* Fills RET, and refuses to go back in time. */
static int compare(struct pull *p, struct pull_result *ret)
{
    struct storage *new = NULL, *old = NULL;
    char *why = NULL;
    int r = storage_open(p->part, &new, &why);
    if (r != 0)
        return r < 0 ? r : refuse_catalogue(p, why);
    (void)snprintf(ret->id, sizeof ret->id, "%s", storage_info(new)->id);
    (void)snprintf(ret->built, sizeof ret->built, "%s", storage_info(new)->built);
    r = storage_open(p->rq->output, &old, &why);
    free(why); /* what cannot be served is no reason to keep it */
    if (r == 0 && !p->rq->allow_older && strcmp(ret->built, storage_info(old)->built) < 0) {
        p->keep_part = true; /* with --allow-older it is taken without another download */
        r = fail(p, "was built %s, before %s (%s); take it all the same with --allow-older", ret->built,
                 p->rq->output, storage_info(old)->built);
    } else if (r != -ENOMEM) {
        r = 0;
    }
    storage_free(old);
    storage_free(new);
    return r;
}

/* --- taking --- */

/* The notes of the next pull. */
static int note_whole(struct pull *p)
{
    pull_origin_done(&p->notes.part);
    pull_origin_done(&p->notes.whole);
    free(p->notes.file);
    p->notes.file = pull_file_name(p->rq->output);
    if (!p->notes.file || (p->tag && !pull_origin_set(&p->notes.whole, p->shown, p->tag)))
        return -ENOMEM;
    int r = pull_notes_write(p->notes_path, &p->notes, p->error);
    return r > 0 ? PULL_E_FAILED : r;
}

static int take(struct pull *p, struct pull_result *ret)
{
    int r = check_digest(p);
    if (r == 0)
        r = check_catalogue(p);
    if (r == 0)
        r = compare(p, ret);
    if (r == 0)
        r = publish_take(p->place, p->part, p->error);
    if (r == 0)
        r = publish_commit(p->place, p->error);
    if (r != 0)
        return r < 0 ? r : PULL_E_FAILED;
    ret->digest = p->digest ? PULL_DIGEST_RIGHT : PULL_DIGEST_NONE;
    ret->bytes = p->size;
    ret->resumed = p->resumed;
    return note_whole(p);
}

/* A part that nobody can go on with goes. */
static void end(struct pull *p, int r)
{
    bool keep = r != 0 && p->keep_part && p->size > 1 && pull_origin_is(&p->notes.part, p->shown);
    if (p->fd >= 0 && !keep)
        (void)unlink(p->part);
    if (p->fd >= 0)
        (void)close(p->fd);
    p->place = publish_free(p->place);
    pull_notes_done(&p->notes);
    free(p->shown);
    free(p->part);
    free(p->notes_path);
    free(p->tag);
    free(p->digest);
}

int pull_run(const struct pull_request *rq, struct pull_result *ret, char **reterr)
{
    struct pull_result result = {0};
    struct pull p = {.rq = rq, .fd = -1, .error = reterr};
    int r = prepare(&p);
    if (r == 0)
        r = settle_part(&p);
    if (r == 0)
        r = ask(&p);
    result.unchanged = p.unchanged;
    if (r == 0)
        r = !p.unchanged ? take(&p, &result) : p.tag ? note_whole(&p) : 0;
    end(&p, r);
    if (r == 0)
        *ret = result;
    return r;
}
