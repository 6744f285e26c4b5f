/* SPDX-License-Identifier: MIT */
/* Names, explanations and text of what is measured; see metrics_text.h. A new number is one row of the table at the end. */
#include "metrics_text.h"

#include "render/render.h"
#include "storage/storage.h"
#include "util/clock.h"
#include "version.h"

/* --- samples --- */

struct family {
    const char *name, *type, *help;
    void (*write)(const struct family *f, const struct figures *x, struct strbuf *out);
    size_t at; /* of write_number's or write_seconds' member in struct figures; see VALUE */
};

/* Labels' values are ours or the catalogue's digest: none holds what would have to be escaped. */
static void put(struct strbuf *out, const char *name, const char *labels, uint64_t value)
{
    strbuf_addf(out, "%s%s %llu\n", name, labels, (unsigned long long)value);
}

static uint64_t number_at(const struct figures *x, size_t at)
{
    return *(const uint64_t *)(const void *)((const char *)x + at);
}

/* What is not known is left out: it is not 0. */
static void write_number(const struct family *f, const struct figures *x, struct strbuf *out)
{
    if (number_at(x, f->at) != PROCESS_UNKNOWN)
        put(out, f->name, "", number_at(x, f->at));
}

static void write_switch(const struct family *f, const struct figures *x, struct strbuf *out)
{
    put(out, f->name, "", *(const bool *)((const char *)x + f->at));
}

static void write_seconds(const struct family *f, const struct figures *x, struct strbuf *out)
{
    double seconds = *(const double *)(const void *)((const char *)x + f->at);

    if (seconds >= 0)
        strbuf_addf(out, "%s %.6f\n", f->name, seconds);
}

/* The member is a text, RFC 3339. */
static void write_time(const struct family *f, const struct figures *x, struct strbuf *out)
{
    const char *text = *(const char *const *)(const void *)((const char *)x + f->at);
    int64_t seconds;

    if (clock_parse(text, &seconds))
        strbuf_addf(out, "%s %lld\n", f->name, (long long)seconds);
}

/* --- families with labels --- */

static void write_build(const struct family *f, const struct figures *x, struct strbuf *out)
{
    (void)x;
    strbuf_addf(out,
                "%s{version=\"%s\",revision=\"%s\",libmicrohttpd=\"%s\",sqlite=\"%s\",jansson=\"%s\"} 1\n",
                f->name, BREACHD_VERSION, BREACHD_REVISION, httpd_library_version(),
                storage_library_version(), render_library_version());
}

static void write_catalogue(const struct family *f, const struct figures *x, struct strbuf *out)
{
    const struct catalogue_info *c = &x->app.catalogue;

    strbuf_addf(out, "%s{id=\"%s\",schema=\"%d\"} 1\n", f->name, c->id, c->schema);
}

static void write_records(const struct family *f, const struct figures *x, struct strbuf *out)
{
    const struct catalogue_info *c = &x->app.catalogue;
    const struct {
        const char *labels;
        size_t n;
    } kinds[] = {
        {"{kind=\"incidents\"}", c->incidents}, {"{kind=\"organizations\"}", c->organizations},
        {"{kind=\"dealers\"}", c->dealers},     {"{kind=\"events\"}", c->events},
        {"{kind=\"sources\"}", c->sources},     {"{kind=\"datasets\"}", c->datasets},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        put(out, f->name, kinds[i].labels, kinds[i].n);
}

static void write_requests_of(const struct family *f, const struct metrics_route *r, struct strbuf *out)
{
    for (size_t m = 0; m < METRICS_METHODS; m++)
        for (size_t s = 0; metrics_status(s); s++)
            if (r->requests[m][s])
                strbuf_addf(out, "%s{route=\"%s\",method=\"%s\",code=\"%s\"} %llu\n", f->name, r->route,
                            metrics_method(m), metrics_status(s), (unsigned long long)r->requests[m][s]);
}

static void write_bytes_of(const struct family *f, const struct metrics_route *r, struct strbuf *out)
{
    if (r->bytes)
        strbuf_addf(out, "%s{route=\"%s\"} %llu\n", f->name, r->route, (unsigned long long)r->bytes);
}

/* Classes are cumulative; the last has no bound, and with it all are counted. */
static void write_times_of(const struct family *f, const struct metrics_route *r, struct strbuf *out)
{
    unsigned long long n = 0;

    for (size_t i = 0; i < METRICS_TIMES; i++) {
        n += r->times[i];
        strbuf_addf(out, "%s_bucket{route=\"%s\",le=\"%g\"} %llu\n", f->name, r->route,
                    (double)metrics_time_micros[i] / 1e6, n);
    }
    n += r->times[METRICS_TIMES];
    strbuf_addf(out, "%s_bucket{route=\"%s\",le=\"+Inf\"} %llu\n", f->name, r->route, n);
    strbuf_addf(out, "%s_sum{route=\"%s\"} %.6f\n", f->name, r->route, (double)r->micros / 1e6);
    strbuf_addf(out, "%s_count{route=\"%s\"} %llu\n", f->name, r->route, n);
}

static bool was_asked(const struct metrics_route *r)
{
    for (size_t i = 0; i <= METRICS_TIMES; i++)
        if (r->times[i])
            return true;
    return false;
}

/* What nobody asked for is left out. */
static void each_route(const struct family *f, const struct figures *x, struct strbuf *out,
                       void (*write)(const struct family *f, const struct metrics_route *r,
                                     struct strbuf *out))
{
    struct metrics_route r;

    for (size_t i = 0; i < metrics_routes(); i++) {
        metrics_read(x->requests, i, &r);
        if (was_asked(&r))
            write(f, &r, out);
    }
}

static void write_requests(const struct family *f, const struct figures *x, struct strbuf *out)
{
    each_route(f, x, out, write_requests_of);
}

static void write_bytes(const struct family *f, const struct figures *x, struct strbuf *out)
{
    each_route(f, x, out, write_bytes_of);
}

static void write_times(const struct family *f, const struct figures *x, struct strbuf *out)
{
    each_route(f, x, out, write_times_of);
}

static void write_cache(const struct family *f, const struct figures *x, struct strbuf *out)
{
    uint64_t hits = 0, misses = 0;
    struct metrics_route r;

    for (size_t i = 0; i < metrics_routes(); i++) {
        metrics_read(x->requests, i, &r);
        hits += r.cache[REPLY_CACHE_HIT];
        misses += r.cache[REPLY_CACHE_MISS];
    }
    put(out, f->name, "{result=\"hit\"}", hits);
    put(out, f->name, "{result=\"miss\"}", misses);
}

/* A limit that is met has a row here. */
static void write_limits(const struct family *f, const struct figures *x, struct strbuf *out)
{
    static const struct {
        const char *labels;
        size_t at;
    } limits[] = {
        {"{limit=\"connections\"}", offsetof(struct figures, http.full)},
        {"{limit=\"connections_per_address\"}", offsetof(struct figures, http.crowded)},
        {"{limit=\"request_timeout\"}", offsetof(struct figures, http.late)},
    };

    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        put(out, f->name, limits[i].labels, number_at(x, limits[i].at));
}

/* --- the table --- */

#define VALUE(how, member) .write = how, .at = offsetof(struct figures, member)

static const struct family families[] = {
    {"breachd_build_info", "gauge", "Version and revision of the daemon, and the libraries in use; always 1.",
     .write = write_build},
    {"breachd_ready", "gauge", "Whether /readyz answers 200.", VALUE(write_switch, app.ready)},

    {"breachd_http_requests_total", "counter",
     "Requests that are over, by route (none: no such address, or refused before it was looked at), method "
     "and status (none: the client left before there was an answer). Those to the admin listener do not "
     "count.",
     .write = write_requests},
    {"breachd_http_request_duration_seconds", "histogram",
     "From a request's first line to the end of its answer, which a slow client draws out.",
     .write = write_times},
    {"breachd_http_response_bytes_total", "counter", "Bytes of bodies, as sent.", .write = write_bytes},
    {"breachd_http_requests_in_flight", "gauge", "Requests that are being answered.",
     VALUE(write_number, http.in_flight)},
    {"breachd_http_untaken_bytes", "gauge",
     "Memory of answers that clients have not taken yet; what is kept counts once for each of them.",
     VALUE(write_number, http.untaken)},
    {"breachd_http_connections", "gauge", "Open connections.", VALUE(write_number, http.connections)},
    {"breachd_http_connections_limit", "gauge", "As many connections there may be (--connections).",
     VALUE(write_number, http.connections_most)},
    {"breachd_limit_reached_total", "counter",
     "How often a limit was met, by limit; connections: newcomers waited for others to end.",
     .write = write_limits},

    {"breachd_cache_requests_total", "counter",
     "Requests for what is kept in memory, by whether it was there.", .write = write_cache},
    {"breachd_cache_bytes", "gauge", "Memory of kept answers.", VALUE(write_number, app.cache_bytes)},
    {"breachd_cache_limit_bytes", "gauge", "As much it may be: what --cache-size leaves for answers.",
     VALUE(write_number, app.cache_most)},
    {"breachd_cache_answers", "gauge", "Answers that are kept.", VALUE(write_number, app.cache_answers)},
    {"breachd_cache_evictions_total", "counter",
     "Answers that went because others needed room; from 0 again with each new catalogue.",
     VALUE(write_number, app.cache_evicted)},

    {"breachd_catalogue_info", "gauge", "The catalogue in service; always 1.", .write = write_catalogue},
    {"breachd_catalogue_built_timestamp_seconds", "gauge", "When it was built, by its own word.",
     VALUE(write_time, app.catalogue.built)},
    {"breachd_catalogue_loaded_timestamp_seconds", "gauge", "When it was taken into service.",
     VALUE(write_time, app.loaded)},
    {"breachd_catalogue_records", "gauge", "What is in it, by kind.", .write = write_records},
    {"breachd_catalogue_file_bytes", "gauge", "Size of its file.", VALUE(write_number, app.file_bytes)},
    {"breachd_catalogue_swaps_total", "counter", "Catalogues that took another's place.",
     VALUE(write_number, app.reload.taken)},
    {"breachd_catalogue_refusals_total", "counter", "Catalogues that could not be served; /readyz says why.",
     VALUE(write_number, app.reload.refused)},
    {"breachd_catalogue_refused", "gauge", "Whether what lies at the path now was refused.",
     VALUE(write_switch, app.reload.refusing)},

    {"breachd_access_log_lines_lost_total", "counter",
     "Lines that are not in the access log, since they could not be written, or not fast enough.",
     VALUE(write_number, log_lost)},

    {"process_cpu_seconds_total", "counter", "Time of processors that was used, by all threads.",
     VALUE(write_seconds, process.cpu_seconds)},
    {"process_resident_memory_bytes", "gauge",
     "Memory in use, with the pages of mapped files that are there.",
     VALUE(write_number, process.resident_bytes)},
    {"process_virtual_memory_bytes", "gauge", "Size of the address space.",
     VALUE(write_number, process.virtual_bytes)},
    {"process_threads", "gauge", "Threads.", VALUE(write_number, process.threads)},
    {"process_open_fds", "gauge", "Open descriptors.", VALUE(write_number, process.descriptors)},
    {"process_max_fds", "gauge", "As many there may be.", VALUE(write_number, process.descriptors_most)},
    {"process_start_time_seconds", "gauge", "When the process began.", VALUE(write_seconds, process.started)},
};

void metrics_text(const struct figures *x, struct strbuf *out)
{
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        const struct family *f = &families[i];
        strbuf_addf(out, "# HELP %s %s\n# TYPE %s %s\n", f->name, f->help, f->name, f->type);
        f->write(f, x, out);
    }
}
