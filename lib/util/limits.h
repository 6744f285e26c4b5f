/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_LIMITS_H
#define BREACHD_UTIL_LIMITS_H

/*
 * Every bound on what comes from outside, in one place, each with its reason.
 * Sizes are bytes unless the name says otherwise.
 */

/* Requests */
#define LIMIT_TARGET_BYTES   8192  /* RFC 9112 section 3 asks for at least 8,000; longer is 414 */
#define LIMIT_SEGMENTS       16    /* of a path, between slashes; ours have 3 at most, and a prefix */
#define LIMIT_ARGUMENTS      64    /* more than all parameters together, each repeated some times */
#define LIMIT_HEADERS        100   /* header fields in one request; browsers send about 20 */
#define LIMIT_HEAD_BYTES     12288 /* target and fields of one request, as the library keeps them (intake.h) */
#define LIMIT_HEAD_USUAL     8192 /* beside more than that, a reply does without what only points elsewhere */
#define LIMIT_FIELD_RECORD   72   /* what it keeps of a field or a cookie beside its bytes */
#define LIMIT_LIST_MEMBERS   32   /* members looked at in Accept, Accept-Encoding, If-None-Match */
#define LIMIT_VALUES         50   /* values of one parameter in one query */
#define LIMIT_VALUE_BYTES    200  /* one parameter's value, decoded */
#define LIMIT_FAULTS         64   /* told of one query: one an argument; its lists could hold thousands */
#define LIMIT_FAULT_VALUE    64   /* characters of a rejected value that are echoed */
#define LIMIT_CURSOR_BYTES   1024 /* an encoded cursor: sort key (500), id (128), digests, in base64 */
#define LIMIT_PROXIES        32   /* ranges of trusted proxies: each is tried for each connection */
#define LIMIT_REPEAT_BYTES   1024 /* a request as it came, to be known again; longer ones are parsed */
#define LIMIT_FIELD_BYTES    3072 /* Link or Content-Location: proxies take 4 to 8 KiB of head in all */
#define LIMIT_LOCATION_BYTES 2048 /* of a redirect, which goes beside the longest of heads */
#define LIMIT_BODY_BYTES     65536       /* an unwanted request body is drained up to this, then 413 */
#define LIMIT_REQUEST_MEMORY (64u << 20) /* arena of one request; the largest record fits many times */
#define LIMIT_REPLY_BYTES    (64u << 20) /* one buffered body */
#define LIMIT_UNTAKEN_BYTES                                                                                  \
    (128u << 20) /* replies that clients have not taken yet; with more, what is not kept is 503 */
#define LIMIT_UNTAKEN_LITTLE (1u << 20) /* of one thread's, which is no cause to look at all */
#define LIMIT_STREAM_BYTES                                                                                   \
    (512u << 10) /* and so much counts one that is made while it is sent: rows in hand, a set */

#define LIMIT_CODED_LEAST   1024 /* a body to compress: less fits the packet that its head is in */
#define LIMIT_CODED_STREAMS 16   /* compressed while they are sent, at once: each holds two megabytes */

#define LIMIT_CACHE      64M /* kept of a catalogue, where nobody says otherwise: half are sets and pages */
#define LIMIT_CACHE_MOST (1ull << 40)

/* Access log */
#define LIMIT_LOG_TARGET 512 /* bytes of a request target in its line; what is escaped is longer */
#define LIMIT_LOG_NAME   64  /* of a client's address, a route, a request id */
#define LIMIT_LOG_BUFFER                                                                                     \
    2097152 /* lines of one thread that wait to be written; more are dropped and counted */

/* Paging */
#define LIMIT_PAGE_DEFAULT 25
#define LIMIT_PAGE_MOST    200
#define LIMIT_BATCH        64 /* rows of a list that is sent whole, made at once: other requests wait so long */
#define LIMIT_EMBEDDED     25 /* rows of a list embedded in another thing */
#define LIMIT_OVERVIEW     10 /* rows of each list on the overview */

#define LIMIT_TITLE_KEY 500 /* bytes of a folded title that an order looks at; a cursor holds them */

/* Searching and counting */
#define LIMIT_TEXT_QUERY_BYTES 1000 /* a search text, decoded */
#define LIMIT_TERMS            16   /* words and phrases of one search */
#define LIMIT_TOKENS           64   /* tokens of one search, phrases' and pairs' too */
#define LIMIT_TOKEN_BYTES      64   /* of a word, as searched: longer ones are digests and addresses */
#define LIMIT_RANKED           10000 /* matches put in order of relevance: ranking more costs more than it tells */
#define LIMIT_WEIGHED          100000 /* rows with a term that counts in it: what more have tells nothing */
#define LIMIT_FACET_DEFAULT    20     /* values of one facet, beside the unknown one */
#define LIMIT_FACET_MOST       200
#define LIMIT_FACET_PAGE       8  /* values of one facet on a page, before it is asked for more */
#define LIMIT_TRIED            6  /* filters and words of an empty list that are tried to do without */
#define LIMIT_SHORTENED        3  /* characters that are taken off a word that is not found */
#define LIMIT_BEGINNING        3  /* characters that are left of it at least */
#define LIMIT_FULL             50 /* whole records on one page */

/* Feeds and calendars, which have no pages */
#define LIMIT_FEED          50   /* entries: readers come back before there are so many new ones */
#define LIMIT_CALENDAR      1000 /* events: half a megabyte, which every calendar takes */
#define LIMIT_CALENDAR_DAYS 31   /* a date known to the month; what is known less well is no day's business */
/* Maps of the site */
#define LIMIT_SITEMAP_URLS                                                                                   \
    50000 /* in one file (sitemaps.org); with the longest ids it has 36 of the 50 MB allowed */
#define LIMIT_SITEMAP_BATCH 1000 /* addresses that are held at once */

/* Connections */
#define LIMIT_CONNECTIONS 4096
#define LIMIT_CONNECTION_POOL                                                                                \
    16384 /* memory a connection: both heads; the library clears it for each request */
#define LIMIT_BACKLOG           16384 /* four times the connections; the kernel's somaxconn bounds it again */
#define LIMIT_UNSENT_BYTES      131072 /* of a reply, held by the kernel beside what the client's window takes */
#define LIMIT_BACKLOG_TIMES     4      /* the connections, where more are allowed */
#define LIMIT_LISTENERS         16
#define LIMIT_ADMIN_CONNECTIONS 32 /* scrapers and probes of one daemon, each with one or two */
#define LIMIT_IDLE_SECONDS      30
#define LIMIT_REQUEST_SECONDS   20   /* for a request, from its first line; a second is usual */
#define LIMIT_REPLY_RATE        1024 /* bytes a second that a client takes at least, after as long */
#define LIMIT_RETRY             "5" /* seconds after which whoever was refused for want of room may come again */
#define LIMIT_DRAIN_SECONDS     5
#define LIMIT_NOTIFY_BYTES      1024 /* a word to the service manager, which shows one line of it */

/* Records (import) */
#define LIMIT_ID_BYTES     128
#define LIMIT_TITLE_BYTES  500
#define LIMIT_TEXT_BYTES   20000 /* summaries, notes, event texts */
#define LIMIT_QUOTE_CHARS  300   /* a quotation stays a quotation */
#define LIMIT_URL_BYTES    2048
#define LIMIT_RULING       100  /* organisations in one list that says which are the same, or not */
#define LIMIT_FACTS        2000 /* members of one list of one record */
#define LIMIT_RECORD_BYTES (4u << 20)
#define LIMIT_FILE_BYTES   (1u << 30) /* of a file in an archive, which is held whole; others are not bounded */
#define LIMIT_DOCUMENT_BYTES                                                                                 \
    (64u << 20) /* one JSON value, which is held whole: lines and items of arrays are not */
#define LIMIT_ARCHIVE_BYTES   (8ull << 30) /* what an archive may hold in all */
#define LIMIT_ARCHIVE_RATIO   250 /* and as a multiple of its own size: text shrinks to a tenth or less */
#define LIMIT_ARCHIVE_SMALL   (64ull << 20) /* what any archive may hold: zeros shrink further */
#define LIMIT_ARCHIVE_MEMBERS 1000000
#define LIMIT_PATH_BYTES      4096 /* of a name within an archive; PATH_MAX of Linux */
#define LIMIT_JSON_DEPTH      64
#define LIMIT_COLUMNS         256 /* cells in one row of a table */
#define LIMIT_FOLDER_DEPTH    32
#define LIMIT_NUMBER          9007199254740991 /* 2^53 - 1: exact in every JSON reader (RFC 8259 section 6) */
#define LIMIT_YEAR_LEAST      1950 /* of dates in imported datasets: earlier is a slip of the pen */
#define LIMIT_YEAR_MOST       2100 /* and so is later */
#define LIMIT_ENTRY_LEAST     8    /* shorter names at the end of an address say nothing about a record */
#define LIMIT_COMMON_KEY                                                                                     \
    64 /* what more records share is no trace of a duplicate; bounds the pairs looked at */
#define LIMIT_TELLING_FIGURE 1000  /* a smaller number agrees by chance */
#define LIMIT_REPORT_REJECTS 10000 /* rejects kept by name in a catalogue; all are counted */
#define LIMIT_SHRINK_PERCENT                                                                                 \
    10 /* of a dataset: when more is gone, an input is likelier missing than that is true */

/* Fetching a catalogue */
#define LIMIT_PULL_BYTES            (32ull << 30) /* where nobody says otherwise: six million incidents */
#define LIMIT_PULL_MOST             (1ull << 42)  /* what one may say */
#define LIMIT_PULL_NOTES            16384         /* the file that remembers entity tags: four lines */
#define LIMIT_REDIRECTS             5             /* from http to https, to a store, to its copy nearby */
#define LIMIT_REDIRECT_BYTES        (1u << 20)    /* of a body beside a redirect, which nobody reads */
#define LIMIT_FETCH_CONNECT_SECONDS 15            /* name, connection and TLS together */
#define LIMIT_FETCH_SPEED           1024 /* bytes a second: below it for so long a download is given up */
#define LIMIT_FETCH_STALL_SECONDS   30

/* Catalogues */
#define LIMIT_CHECK_WHOLE_BYTES (16u << 20) /* a file up to this is checked page by page at start */
#define LIMIT_DIGEST_AT_ONCE    (16u << 20) /* a file up to this is digested while its asker waits: 50 ms */
#define LIMIT_QUERY_MILLIS      2000        /* one request's time in storage, then 503 */
#define LIMIT_REPLACED_SECONDS  3600        /* of a reply from one that was replaced, whose file takes disk */
#define LIMIT_READERS           16          /* readers of one catalogue */
#define LIMIT_READER_KIB        512 /* pages of the file that one reader keeps, where it is not mapped */
#define LIMIT_SETS_BYTES        (24u << 20) /* stored sets kept in memory of one catalogue */
#define LIMIT_SCRATCH_BYTES     (1u << 20)  /* memory for sets that a reader keeps between questions */
#define LIMIT_SET_BYTES         (4u << 20)  /* one stored set: 16 million rows */

#endif
