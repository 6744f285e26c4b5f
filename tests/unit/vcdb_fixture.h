/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_TESTS_VCDB_FIXTURE_H
#define BREACHD_TESTS_VCDB_FIXTURE_H

/* Reads VERIS records made for the purpose, and looks at what became of them. JSON has ' for ". */
#include "suite.h"

#include "import/adapter.h"
#include "import/draft.h"

#include <jansson.h>

#define FILE_NAME "AB12-cd.JSON"

/* Members of a record that has everything, and no fault. */
#define WHOLE                                                                                                \
    "'incident_id':'NUMBER-1','source_id':'vcdb','security_incident':'Confirmed','confidence':'High',"       \
    "'summary':'Two lines\\r\\nof plain text.','notes':'A remark.','campaign_id':'X-1','targeted':'NA',"     \
    "'reference':'https://news.example/a;https://oag.ca.gov/b.pdf',"                                         \
    "'victim':{'victim_id':'Example Motors','country':['US'],'state':'us-ca','industry':'441110',"           \
    "'employee_count':'11 to 100','region':['019021'],'government':['NA'],'revenue':{'amount':5},"           \
    "'notes':'About the victim','secondary':{'amount':3,'victim_id':['Luxury Cars; 336111'],"                \
    "'notes':'Of others'}},"                                                                                 \
    "'actor':{'external':{'variety':['Organized crime'],'motive':['Financial'],'country':['Unknown'],"       \
    "'region':['000000'],'notes':'Likely many attackers.'},"                                                 \
    "'internal':{'variety':['End-user'],'motive':['NA'],'job_change':['Let go']},"                           \
    "'partner':{'name':['Paper Shredders Inc'],'motive':['NA'],'country':['US'],'industry':'561990'}},"      \
    "'action':{'hacking':{'variety':['SQLi','Unknown'],'vector':['Web "                                      \
    "application'],'result':['Infiltrate'],"                                                                 \
    "'cve':'CVE-2020-0001','notes':'By night'},'social':{'variety':['Phishing'],'vector':['Email','Phone']," \
    "'target':['Finance']}},"                                                                                \
    "'asset':{'assets':[{'variety':'S - Database','amount':2},{'variety':'Unknown'}],'cloud':['Unknown']},"  \
    "'attribute':{'confidentiality':{'data_disclosure':'Yes','data_total':1200,'data_victim':['Customer'],"  \
    "'state':['Stored'],'data':[{'variety':'Personal','amount':700},{'variety':'Medical'}],'notes':'Old'},"  \
    "'integrity':{'variety':['Alter behavior']},"                                                            \
    "'availability':{'variety':['Loss'],'duration':{'unit':'Days','value':4}}},"                             \
    "'discovery_method':{'external':{'variety':['Customer']}},'discovery_notes':'By chance',"                \
    "'timeline':{'incident':{'year':2015,'month':3,'day':2,'time':'09:30'},'compromise':{'unit':'Minutes'}," \
    "'exfiltration':{'unit':'Weeks','value':2},'discovery':{'unit':'Days','value':10},"                      \
    "'containment':{'unit':'Days','value':12}},"                                                             \
    "'impact':{'overall_amount':5000,'iso_currency_code':'USD','overall_rating':'Minor','notes':'A fine'},"  \
    "'plus':{'analyst':'SECRETNAME','github':'SECRETNAME','analysis_status':'SECRETNAME','dbir_year':2016,"  \
    "'sub_source':'SECRETNAME','analyst_notes':'SECRETNAME','master_id':'SECRETNAME',"                       \
    "'attack_difficulty_initial':'SECRETNAME','created':'2016-01-02T03:04:05Z',"                             \
    "'modified':'2016-02-03T04:05:06.789Z','timeline':{'notification':{'year':2015,'month':4}}}"

/* What was read since the last set-up. */
struct vcdb_read {
    struct import_report *report;
    struct catalogue *c;
    struct arena *mem; /* of records looked at */
    size_t records;
};
extern struct vcdb_read got;

void setup(void);
void teardown(void);

json_t *value_of(const char *text);

/* Reads one record found there. */
void read_value(const json_t *v, const char *file, const char *position);
void read_at(const char *text, const char *file, const char *position);

/* Record I as it was read. */
const struct incident *record(size_t i);

/* The one record that MEMBERS make, from a file of its own; starts over. */
const struct incident *read_one(const char *members);

size_t warnings(const char *kind);
bool has_caveat(const struct incident *x, const char *words);

/* The first date of KIND as text; "null": it has none, "-": there is no such fact. */
const char *date_of(const struct incident *x, enum date_kind kind);

/* Whether any text of the record has WORDS. */
bool has_text(const struct incident *x, const char *words);

/* Asserts that the record is as native input would have to be. */
void check_record(const struct incident *x);

#endif
