/* SPDX-License-Identifier: MIT */
/*
 * Which names of actors are those of groups, which words in notes name nobody, and which notes are a
 * company's name. The lists are short on purpose: what is on none of them is taken for a person and not
 * shown.
 */
#include "import/vcdb.h"

#include <ctype.h>
#include <errno.h>
#include <strings.h>

/* --- groups --- */

/* As best known, and other spellings with "|" between; compared by letters and digits alone, without "the"
 * and "group". */
static const struct {
    const char *name;
    enum actor_kind kind;
    const char *others;
} groups[] = {
    {"Akira", ACTOR_GROUP, ""},
    {"Anonymous", ACTOR_GROUP, "Anon|Anonomous|Anonymouz"},
    {"AntiSec", ACTOR_GROUP, ""},
    {"AnonGhost", ACTOR_GROUP, ""},
    {"APT1", ACTOR_STATE, "Comment crew|Comment group|Comment panda"},
    {"APT10", ACTOR_STATE, "Stone Panda|menuPass"},
    {"APT15", ACTOR_STATE, "Ke3chang"},
    {"APT28", ACTOR_STATE, "Fancy Bear|Sofacy|Pawn Storm|Strontium|Sednit"},
    {"APT29", ACTOR_STATE, "Cozy Bear|Nobelium|The Dukes|Midnight Blizzard"},
    {"APT32", ACTOR_STATE, "OceanLotus|Ocean Lotus"},
    {"APT33", ACTOR_STATE, "Elfin"},
    {"APT34", ACTOR_STATE, "OilRig"},
    {"APT35", ACTOR_STATE, "Charming Kitten|Phosphorus"},
    {"APT41", ACTOR_STATE, "Winnti|Double Dragon"},
    {"Avaddon", ACTOR_GROUP, ""},
    {"Babuk", ACTOR_GROUP, "Babyk"},
    {"BianLian", ACTOR_GROUP, ""},
    {"Black Basta", ACTOR_GROUP, ""},
    {"BlackByte", ACTOR_GROUP, ""},
    {"BlackCat", ACTOR_GROUP, "ALPHV|BlackCat ALPHV"},
    {"BlackMatter", ACTOR_GROUP, ""},
    {"BlackSuit", ACTOR_GROUP, ""},
    {"Black Shadow", ACTOR_GROUP, ""},
    {"CactusPete", ACTOR_STATE, "TontoTeam|Tonto Team|Karma Panda"},
    {"Carbanak", ACTOR_GROUP, "Carbanak Gang|Anunak"},
    {"Clop", ACTOR_GROUP, "Cl0p"},
    {"Conti", ACTOR_GROUP, ""},
    {"Cuba", ACTOR_GROUP, ""},
    {"Cutting Sword of Justice", ACTOR_GROUP, ""},
    {"CyberBerkut", ACTOR_GROUP, ""},
    {"DarkSide", ACTOR_GROUP, ""},
    {"Deep Panda", ACTOR_STATE, "APT19"},
    {"DERP", ACTOR_GROUP, "DerpTrolling"},
    {"DoppelPaymer", ACTOR_GROUP, ""},
    {"Dragon Force", ACTOR_GROUP, "DragonForce"},
    {"Dragonfly", ACTOR_STATE, "Energetic Bear"},
    {"Egregor", ACTOR_GROUP, ""},
    {"Equation", ACTOR_STATE, ""},
    {"Everest", ACTOR_GROUP, ""},
    {"Evil Corp", ACTOR_GROUP, ""},
    {"GandCrab", ACTOR_GROUP, ""},
    {"GhostShell", ACTOR_GROUP, "Team GhostShell"},
    {"GnosticPlayers", ACTOR_GROUP, ""},
    {"Guccifer 2.0", ACTOR_STATE, ""},
    {"Hafnium", ACTOR_STATE, ""},
    {"Hive", ACTOR_GROUP, ""},
    {"Hunters International", ACTOR_GROUP, ""},
    {"Islamic State", ACTOR_GROUP, "ISIS|ISIL|Daesh"},
    {"Izz ad-Din al-Qassam Cyber Fighters", ACTOR_GROUP, ""},
    {"Karakurt", ACTOR_GROUP, ""},
    {"Killnet", ACTOR_GROUP, ""},
    {"Lapsus$", ACTOR_GROUP, "Lapsus"},
    {"Lazarus", ACTOR_STATE, "Hidden Cobra|Guardians of Peace"},
    {"Lizard Squad", ACTOR_GROUP, ""},
    {"Kurdistan Workers' Party", ACTOR_GROUP, "PKK"},
    {"LockBit", ACTOR_GROUP, "LockBit 2.0|LockBit 3.0"},
    {"Lorenz", ACTOR_GROUP, ""},
    {"LulzSec", ACTOR_GROUP, "Lulz Security"},
    {"Magecart", ACTOR_GROUP, ""},
    {"Maze", ACTOR_GROUP, ""},
    {"Medusa", ACTOR_GROUP, ""},
    {"Meow", ACTOR_GROUP, "Meow botnet"},
    {"Mustang Panda", ACTOR_STATE, "HoneyMyte|Bronze President"},
    {"Nefilim", ACTOR_GROUP, "Nephilim"},
    {"Netwalker", ACTOR_GROUP, ""},
    {"NullCrew", ACTOR_GROUP, "Null crew"},
    {"Phantom Squad", ACTOR_GROUP, ""},
    {"Play", ACTOR_GROUP, ""},
    {"Pysa", ACTOR_GROUP, "Mespinoza"},
    {"Qilin", ACTOR_GROUP, "Agenda"},
    {"Quantum", ACTOR_GROUP, ""},
    {"Ragnar Locker", ACTOR_GROUP, ""},
    {"RansomEXX", ACTOR_GROUP, ""},
    {"RansomHouse", ACTOR_GROUP, ""},
    {"RansomHub", ACTOR_GROUP, ""},
    {"RedHack", ACTOR_GROUP, ""},
    {"REvil", ACTOR_GROUP, "Sodinokibi"},
    {"Rex Mundi", ACTOR_GROUP, ""},
    {"Rhysida", ACTOR_GROUP, ""},
    {"Royal", ACTOR_GROUP, ""},
    {"Ryuk", ACTOR_GROUP, ""},
    {"Sandworm", ACTOR_STATE, "Voodoo Bear"},
    {"Scarlet Mimic", ACTOR_GROUP, ""},
    {"Scattered Spider", ACTOR_GROUP, "0ktapus"},
    {"ShaggyPanther", ACTOR_GROUP, ""},
    {"ShinyHunters", ACTOR_GROUP, ""},
    {"Snatch", ACTOR_GROUP, ""},
    {"SunCrypt", ACTOR_GROUP, ""},
    {"Syrian Electronic Army", ACTOR_GROUP, "SEA"},
    {"TheDarkOverlord", ACTOR_GROUP, "TDO"},
    {"Turla", ACTOR_STATE, "Venomous Bear"},
    {"Vice Society", ACTOR_GROUP, ""},
};

/* Words of which one makes a name a group's. */
static const char *const group_words[] = {"army",    "brigade",  "caliphate", "coalition", "collective",
                                          "crew",    "fighters", "front",     "gang",      "group",
                                          "hackers", "haxors",   "squad",     "team",      "ransomware"};

/* A text by lower-case letters and digits alone; what is of another script stays. */
struct key {
    char text[64];
};

static struct key key_of(const char *text, size_t n)
{
    struct key key = {""};
    size_t size = 0;
    for (size_t i = 0; i < n && size + 1 < sizeof key.text; i++)
        if (isalnum((unsigned char)text[i]) || (unsigned char)text[i] >= 0x80)
            key.text[size++] = (char)tolower((unsigned char)text[i]);
    return key;
}

static bool is_key(const struct key *key, const char *name, size_t n)
{
    struct key other = key_of(name, n);
    return other.text[0] && strcmp(key->text, other.text) == 0;
}

static bool is_spelling(const struct key *key, const char *others)
{
    while (*others) {
        size_t n = strcspn(others, "|");
        if (is_key(key, others, n))
            return true;
        others += n + (others[n] == '|');
    }
    return false;
}

/* The word at P: its length; *P is moved to its first letter. */
static size_t next_word(const char **p, const char *end)
{
    while (*p < end && !isalnum((unsigned char)**p) && (unsigned char)**p < 0x80)
        ++*p;
    const char *q = *p;
    while (q < end && (isalnum((unsigned char)*q) || *q == '\'' || *q == '-' || (unsigned char)*q >= 0x80))
        q++;
    return (size_t)(q - *p);
}

static bool is_word_of(const char *const *words, size_t n_words, const char *word, size_t n)
{
    for (size_t i = 0; i < n_words; i++)
        if (strlen(words[i]) == n && strncasecmp(words[i], word, n) == 0)
            return true;
    return false;
}
#define IS_WORD_OF(list, word, n) is_word_of(list, sizeof(list) / sizeof *(list), word, n)

/* "the Hive ransomware group" without what surrounds the name. */
static void strip(const char **name, size_t *n)
{
    static const char *const tails[] = {" ransomware", " group",   " gang",
                                        " team",       " hackers", " threat actors"};
    if (*n > 4 && strncasecmp(*name, "the ", 4) == 0) {
        *name += 4;
        *n -= 4;
    }
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        size_t tail = strlen(tails[i]);
        if (*n > tail && strncasecmp(*name + *n - tail, tails[i], tail) == 0) {
            *n -= tail;
            i = (size_t)-1; /* there may be another */
        }
    }
}

static bool is_listed(const char *name, size_t n, struct vcdb_group *ret)
{
    struct key whole = key_of(name, n);
    strip(&name, &n);
    struct key core = key_of(name, n);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        const char *known = groups[i].name;
        if (is_key(&whole, known, strlen(known)) || is_key(&core, known, strlen(known)) ||
            is_spelling(&whole, groups[i].others) || is_spelling(&core, groups[i].others)) {
            *ret = (struct vcdb_group){known, groups[i].kind};
            return true;
        }
    }
    return false;
}

/* "APT 18", "FIN7", "UNC2452", "TA505": numbers that researchers give. */
static bool is_numbered(const char *name, size_t n)
{
    static const char *const before[] = {"apt", "fin", "unc", "ta", "dev"};
    struct key key = key_of(name, n);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        size_t k = strlen(before[i]), digits = strspn(key.text + k * (strlen(key.text) > k), "0123456789");
        if (strncmp(key.text, before[i], k) == 0 && digits > 0 && digits <= 4 && !key.text[k + digits])
            return true;
    }
    return false;
}

/* A short name, without what joins it to a person's, and with one of the words. */
static bool sounds_like_one(const char *name, size_t n)
{
    static const char *const joins[] = {"from",       "by",          "of",     "a",       "an",
                                        "known",      "one",         "member", "founder", "related",
                                        "researcher", "researchers", "various"};
    const char *end = name + n;
    size_t words = 0, length, grouped = 0;
    bool capital = false;
    for (const char *p = name; (length = next_word(&p, end)) > 0; p += length, words++) {
        if (IS_WORD_OF(joins, p, length) && strncasecmp(p, "of", length) != 0)
            return false;
        capital |= isupper((unsigned char)*p) || isdigit((unsigned char)*p) || (unsigned char)*p >= 0x80;
        grouped += IS_WORD_OF(group_words, p, length);
    }
    for (size_t i = 0; i < n; i++)
        if (strchr("@\"\\.,;:()/", name[i]) || (i && i + 1 < n && memcmp(name + i - 1, " - ", 3) == 0))
            return false;
    return grouped > 0 && words > grouped && words <= 6 && capital;
}

bool vcdb_is_group(struct vcdb *x, const char *name, size_t n, struct vcdb_group *ret)
{
    while (n && isspace((unsigned char)name[n - 1]))
        n--;
    if (n == 0 || n > 60)
        return false;
    if (is_listed(name, n, ret))
        return true;
    if (!is_numbered(name, n) && !sounds_like_one(name, n))
        return false;
    const char *kept = arena_strndup(x->d.c->record, name, n);
    if (!kept)
        x->d.error = -ENOMEM;
    *ret = (struct vcdb_group){kept, strncasecmp(name, "apt", 3) == 0 ? ACTOR_STATE : ACTOR_GROUP};
    return kept != NULL;
}

/* --- notes --- */

/* Words that a note may have with a capital, or be all of, and still name nobody. */
static const char *const plain[] = {
    "A",           "According",   "Account",     "Accounts",     "Activist",
    "Actor",       "Actors",      "After",       "All",          "Although",
    "An",          "Analyst",     "And",         "Anonymous",    "As",
    "Assumed",     "Attack",      "Attacker",    "Attackers",    "Attribution",
    "Based",       "Basing",      "Bot",         "Business",     "But",
    "By",          "Call",        "China",       "Chinese",      "Company",
    "Contractor",  "Contractors", "Could",       "Credentials",  "Criminal",
    "Customer",    "Data",        "Database",    "Developer",    "Did",
    "Disgruntled", "Doctor",      "Dumpster",    "Early",        "East",
    "Eastern",     "Email",       "Employee",    "Employees",    "Engineer",
    "Europe",      "European",    "Ex-employee", "External",     "For",
    "Former",      "Fraud",       "From",        "Group",        "Hacker",
    "Hackers",     "He",          "Her",         "His",          "Hospital",
    "However",     "I",           "Identity",    "If",           "In",
    "India",       "Indian",      "Individual",  "Inferring",    "Inmate",
    "Insider",     "Internal",    "Iran",        "Iranian",      "It",
    "Japan",       "Just",        "Korea",       "Korean",       "Likely",
    "Looked",      "Lots",        "Mail",        "Maintenance",  "Malicious",
    "Manager",     "Many",        "May",         "Might",        "Multiple",
    "NA",          "Nation",      "Nigerian",    "No",           "None",
    "North",       "Not",         "Nurse",       "On",           "One",
    "Only",        "Or",          "Other",       "Part",         "Partner",
    "Partners",    "Patient",     "Person",      "Personal",     "Phishing",
    "Physician",   "Police",      "Possible",    "Possibly",     "Probably",
    "Programming", "Ransomware",  "Russia",      "Russian",      "Russian-speaking",
    "Same",        "School",      "Seems",       "Server",       "Several",
    "She",         "Some",        "Somebody",    "Someone",      "South",
    "Staff",       "State",       "Stole",       "Stolen",       "Student",
    "Students",    "Suspect",     "Suspected",   "Teenager",     "Temporary",
    "That",        "The",         "Theft",       "Their",        "Then",
    "There",       "These",       "They",        "Thief",        "Thieves",
    "Third",       "This",        "Third-party", "Those",        "Threat",
    "Two",         "Ukraine",     "Unclear",     "Unidentified", "University",
    "Unknown",     "Unnamed",     "Used",        "User",         "Vendor",
    "Victim",      "Was",         "We",          "Website",      "Were",
    "When",        "While",       "Who",         "Worked",       "Worker",
    "Accident",    "Collusion",   "Error",       "Guard",        "Pharmacist",
    "Researcher",  "Researchers", "Robbers",     "Soldier",      "Teacher",
    "Volunteer",
};

/* Words behind which a name comes. */
static const char *const naming[] = {"alias", "aka",  "called",   "dubbed",    "handle", "known",
                                     "named", "nick", "nickname", "pseudonym", "signed", "specific"};

/* "st0rm", but not "3rd", "19-year-old" or "10": letters and digits mixed, as in the names people give
 * themselves. */
static bool is_mixed(const char *word, size_t n)
{
    size_t digits = 0;
    while (digits < n && isdigit((unsigned char)word[digits]))
        digits++;
    if (digits > 0 && (digits == n || n - digits == 2 || word[digits] == '-'))
        return false;
    for (size_t i = 0; i < n; i++)
        if (isdigit((unsigned char)word[i]))
            return true;
    return false;
}

bool vcdb_names_nobody(const char *text)
{
    const char *end = text + strlen(text);
    size_t n, words = 0, plain_words = 0;
    if (strpbrk(text, "@\"_*"))
        return false;
    for (const char *p = text; (n = next_word(&p, end)) > 0; p += n, words++) {
        bool all = true; /* capitals alone, as abbreviations have */
        plain_words += IS_WORD_OF(plain, p, n);
        for (size_t i = 0; i < n; i++)
            all &= isupper((unsigned char)p[i]) || isdigit((unsigned char)p[i]) || p[i] == '-';
        bool name = isupper((unsigned char)*p) || (unsigned char)*p >= 0x80;
        if ((name && !(all && n <= 5) && !IS_WORD_OF(plain, p, n)) || IS_WORD_OF(naming, p, n) ||
            is_mixed(p, n))
            return false;
    }
    return words > 1 || plain_words > 0; /* a word alone may be a name in small letters */
}

/* Words of which one makes a name a company's or another body's. */
static const char *const company_words[] = {
    "Associates", "Bank",        "Clinic",     "College",      "Company",       "Consultants", "Consulting",
    "Corp",       "Corporation", "Council",    "Department",   "Disposal",      "Foundation",  "Health",
    "Healthcare", "Hospital",    "Inc",        "Insurance",    "Laboratories",  "Limited",     "LLC",
    "LLP",        "Ltd",         "Management", "Network",      "Office",        "Pharmacy",    "PLC",
    "Recycling",  "School",      "Schools",    "Service",      "Services",      "Software",    "Solutions",
    "Storage",    "Supplies",    "Systems",    "Technologies", "Transcription", "Trust",       "University",
};

bool vcdb_is_company(const char *text)
{
    static const char *const small[] = {"of", "and", "the", "for", "de", "in"};
    const char *end = text + strlen(text);
    size_t n, words = 0, cues = 0;
    for (const char *p = text; (n = next_word(&p, end)) > 0; p += n, words++) {
        if (islower((unsigned char)*p) && !IS_WORD_OF(small, p, n))
            return false;
        cues += IS_WORD_OF(company_words, p, n);
    }
    return words > cues && words <= 7 && cues > 0 && strlen(text) <= 100 && !strpbrk(text, "\"@:;?!");
}
