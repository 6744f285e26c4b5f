#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The three incidents that the project was founded on, as they are served, against expectations written by hand.

The expectations are written from what the sources say, not from the catalogue: nothing here may be copied back from a
failing run without reading the source again. Each call of `has` is one fact; `only` says that there are no others.
"""
import html
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "blackbox"))

from daemon import Daemon  # noqa: E402  # reads the environment that meson sets

COMPANY, PRESS = "company", "press"
LATE_MARCH = "2019-03-29"
ABSENT = object()


class Words:
    """Matches a text that has all of these, whatever their case."""

    def __init__(self, *words):
        self.words = words

    def __eq__(self, other):
        return isinstance(other, str) and all(w.lower() in other.lower() for w in self.words)

    def __repr__(self):
        return f"Words{self.words!r}"


def member(value, path):
    """What PATH leads to: `organization__id` is the id in the organization."""
    for step in path.split("__"):
        value = value.get(step, ABSENT) if isinstance(value, dict) else None
    return value


def plain(page):
    """The page's words without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


class Checks:
    passed = failed = 0

    def say(self, good, text):
        self.passed += good
        self.failed += not good
        if not good:
            print(f"FAILED {text}")

    def fetch(self, daemon, target):
        reply = daemon.get(target)
        self.say(reply.status == 200, f"{target}: {reply.status}")
        return reply.body.decode() if reply.status == 200 else "{}"

    def record(self, daemon, target):
        return Record(self, target, json.loads(self.fetch(daemon, target)).get("data") or {})

    def shows(self, daemon, target, *sentences):
        """That the page says each of these, tags apart."""
        words = plain(self.fetch(daemon, target))
        for sentence in sentences:
            self.say(sentence in words, f"{target} does not say: {sentence}")
        return words


class Record:
    def __init__(self, checks, name, data):
        self.checks, self.name, self.data = checks, name, data

    def is_(self, **wanted):
        """That members of the record itself are as wanted."""
        for path, value in wanted.items():
            got = member(self.data, path)
            self.checks.say(value == got, f"{self.name} {path}: {got!r}, not {value!r}")

    def only(self, name, /, count):
        """That a list has so many members and no more."""
        got = len(self.data.get(name, []))
        self.checks.say(got == count, f"{self.name} {name}: {got} of them, not {count}")

    def least(self, name, /, count):
        got = len(self.data.get(name, []))
        self.checks.say(got >= count, f"{self.name} {name}: {got} of them, fewer than {count}")

    def like(self, name, wanted):
        """How many members of a list are as wanted."""
        return sum(all(value == member(m, path) for path, value in wanted.items()) for m in self.data.get(name, []))

    def has(self, name, /, **wanted):
        """That just one member of a list is as wanted."""
        found = self.like(name, wanted)
        self.checks.say(found == 1, f"{self.name} {name}: {found} are {wanted!r}")

    def none(self, name, /, **unwanted):
        self.checks.say(self.like(name, unwanted) == 0, f"{self.name} {name}: {unwanted!r} is there")

    def founding_article(self):
        """The article is source 1 of all three; it has no publisher, and none is made up."""
        self.has("sources", n=1, title="Founding article", publisher=None, url=None, description=Words(
            "3.1 million", "apology", "APT32 speculation", "does not name its publisher"), **{"class": PRESS})


# id, name, kind, words of the note: the list of the English notice and of the founding article. Each part is suspected.
DEALERS = [
    ("toyota-tokyo-sales-holdings", "Toyota Tokyo Sales Holdings", "dealer_group",
     Words("holding company", "English list", "Japanese-language lists name its five companies", "Toyota Metro Logic")),
    ("tokyo-tokyo-motor", "Tokyo Tokyo Motor", "dealer",
     Words("founding article", "東京トヨタ自動車", "Tokyo Toyota Motor", "looks like a translation slip")),
    ("tokyo-toyopet", "Tokyo Toyopet", "dealer", Words("Under Toyota Tokyo Sales Holdings")),
    ("toyota-tokyo-corolla", "Toyota Tokyo Corolla", "dealer", Words("Under Toyota Tokyo Sales Holdings")),
    ("nets-toyota-tokyo", "Nets Toyota Tokyo", "dealer", Words("Under Toyota Tokyo Sales Holdings")),
    ("lexus-koishikawa-sales", "Lexus Koishikawa Sales", "dealer", Words("three independent dealers")),
    ("jamil-shoji-lexus-nerima", "Jamil Shoji (Lexus Nerima)", "dealer", Words("three independent dealers")),
    ("toyota-west-tokyo-corolla", "Toyota West Tokyo Corolla", "dealer", Words("three independent dealers")),
]
OWNED = ["tokyo-tokyo-motor", "tokyo-toyopet", "toyota-tokyo-corolla", "nets-toyota-tokyo"]
INDEPENDENT = ["lexus-koishikawa-sales", "jamil-shoji-lexus-nerima", "toyota-west-tokyo-corolla"]
HOLDINGS = "toyota-tokyo-sales-holdings"
TOKYO, AUSTRALIA, VIETNAM, THAILAND = ("2019-03-toyota-japan-sales-subsidiaries", "2019-02-toyota-australia",
                                       "2019-03-toyota-vietnam", "2019-03-toyota-thailand")


def tokyo_itself(r):
    r.is_(title=Words("up to 3.1 million", "may have leaked", "Tokyo sales companies"),
          summary=Words("may have leaked", "no leak was confirmed", "extraction was still being checked",
                        "financial details, officials said, were not stored there", "apologised",
                        "stronger security at dealers", "no US incident", "APT32 is press speculation"),
          status="confirmed", exposure="suspected",
          status_note=Words("admits unauthorised access", "may have leaked", "no leak was confirmed", "suspected"),
          date__edtf=LATE_MARCH, date__basis="disclosed", country="JP", organization__id=HOLDINGS,
          occurred__edtf="2019-03~", occurred__approximate=True, discovered__edtf="2019-03-21",
          disclosed__edtf=LATE_MARCH, notified=None, contained=None, actions=["hacking"],
          affected__value=3100000, affected__min=None, affected__max=3100000, affected__unit="people",
          affected__qualifier="up_to", affected__certainty="claimed", affected__asserted_by__name="Toyota",
          affected__asserted_by__class=COMPANY, affected__publisher="ZDNet", affected__others=3,
          dealers__named=8, dealers__stated=None)
    r.only("dates", 3)
    r.has("dates", kind="occurred", date__edtf="2019-03~", certainty="suspected", source=None,
          note=Words("not published", "February 2019", "21 March", "compiled from the record as a whole"))
    r.has("dates", kind="discovered", date__edtf="2019-03-21", certainty="claimed", source=6)
    r.has("dates", kind="disclosed", date__edtf=LATE_MARCH, certainty="confirmed", source=9,
          asserted_by__class=COMPANY)


def tokyo_parties(r):
    r.only("parties", len(DEALERS) + 1)
    for ident, name, kind, note in DEALERS:
        r.has("parties", organization__id=ident, organization__name=name, organization__kind=kind, role="breached",
              certainty="suspected", source=1, asserted_by=None, note=note, count=None)
    r.has("parties", organization__id="toyota-motor-corporation", organization__name="Toyota Motor Corporation",
          organization__kind="automaker", role="filer", certainty="confirmed")
    r.none("parties", organization__id="toyota-metro-logic")


def tokyo_figures(r):
    r.only("figures", 4)
    r.has("figures", unit="people", value=3100000, min=None, max=3100000, qualifier="up_to", scope="affected",
          of="customers", certainty="claimed", source=2, asserted_by__name="Toyota", asserted_by__class=COMPANY)
    r.has("figures", unit="records", value=3100000, min=None, max=3100000, qualifier="up_to", scope="affected",
          of="items of customer information", certainty="claimed", source=9, asserted_by__class=COMPANY)
    r.has("figures", unit="people", value=3100000, qualifier="about", scope="alternative", of="car owners",
          certainty="claimed", source=1, asserted_by=None, note=Words("drops the 'up to'"))
    r.has("figures", unit="records", value=3100000, qualifier="exact", scope="alternative", certainty="claimed",
          source=7, asserted_by=None, note=Words("VCDB codes the maximum as the total"))


def tokyo_data(r):
    r.only("data_classes", 7)
    r.has("data_classes", id="purchases", text="Customer sales information", certainty="suspected", source=1)
    for ident, text in [("names", "Names"), ("addresses", "Postal addresses"), ("birth-dates", "Dates of birth"),
                        ("employment", "Occupations")]:
        r.has("data_classes", id=ident, text=text, certainty="suspected", source=4, asserted_by=None)
    r.has("data_classes", id="payment-cards", certainty="denied", source=9, asserted_by__class=COMPANY,
          note=Words("not among the data that may have leaked"))
    r.has("data_classes", id="bank-accounts", text="Customer financial details", certainty="denied", source=1,
          asserted_by__name="Toyota officials", note=Words("not stored on the servers"))
    r.only("attack", 1)
    r.has("attack", action="hacking", vector="Web application", certainty="claimed", source=7,
          note=Words("VCDB's coding", "only speak of unauthorised access"))


def tokyo_actors(r):
    r.only("actors", 2)
    r.has("actors", id="apt32", name="APT32", kind="state", certainty="suspected", source=1,
          names=["OceanLotus", "Ocean Lotus"], asserted_by__class=PRESS, asserted_by__name=Words("press speculation"),
          note=Words("drawing on FireEye reporting", "automotive", "Toyota declined to say who was behind it",
                     "manufacturing, consumer goods and hospitality"))
    r.has("actors", id="apt32", kind="state", certainty="claimed", source=14, asserted__edtf="2019-12-23",
          asserted_by__name=Words("unnamed Toyota official", "Bloomberg"),
          note=Words("Anonymous", "no public statement by Toyota"))


def tokyo_timeline(r):
    r.least("timeline", 5)
    r.has("timeline", kind="discovery", date__edtf="2019-03-21", source=6,
          text=Words("Toyota learned", "might have leaked"), derived=False)
    r.has("timeline", kind="notification", date__edtf="2019-03-21~", source=6,
          text=Words("Tokyo police", "no exact day", "between 21 and 29 March"))
    r.has("timeline", kind="disclosure", date__edtf=LATE_MARCH, source=9, certainty="confirmed",
          text=Words("unauthorised access", "up to 3.1 million items possibly leaked", "no leak confirmed", "no card"))
    r.has("timeline", kind="statement", date__edtf=LATE_MARCH, source=1, certainty="confirmed",
          asserted_by__class=COMPANY, text=Words("Apology", "promise to tighten information security at dealers"),
          quote="We apologize to everyone who has been using Toyota and Lexus vehicles for the great concern",
          note=Words("founding article", "ZDNet"))
    r.has("timeline", kind="statement", date__edtf=LATE_MARCH, source=3,
          text=Words("Toyota Motor North America", "knew of no compromise", "US dealers"))
    r.has("timeline", kind="statement", date__edtf="2019-04-01", source=5, text=Words("no further information"))
    r.has("timeline", kind="analysis", date__edtf="2019-12-23", source=14, certainty="claimed",
          text=Words("spokesman", "Vietnam and Thailand", "Tokyo sales unit", "unnamed official blamed APT32"))


def tokyo_caveats(r):
    r.only("caveats", 7)
    r.has("caveats", about="figures", source=2, text=Words("Up to 3.1 million", "a ceiling"))
    r.has("caveats", about="data_classes", source=9, text=Words("Leak not confirmed at the time of the notice"))
    r.has("caveats", about="data_classes", source=1, asserted_by=None,
          text=Words("What was accessed is not clear", "still investigating whether data was extracted"))
    r.has("caveats", about="data_classes", source=1, text=Words("Financial details not stored on the servers"))
    r.has("caveats", about="parties", source=3, asserted_by__name="Toyota Motor North America",
          text=Words("Not aware of any incident in the United States"))
    r.has("caveats", about="actors", source=1, text=Words("APT32 is speculation", "Toyota named nobody"))
    r.has("caveats", about="data_classes", asserted_by__name="Toyota", text=Words("not clear what exactly was taken"))


def tokyo_conflicts(r):
    r.only("conflicts", 7)
    r.has("conflicts", about="parties", sources=[1, 2, 5, 6],
          text=Words("Dealer list", "Tokyo Tokyo Motor", "Toyota Metro Logic", "Both count eight", "not seen in any"))
    r.has("conflicts", about="data_classes", sources=[1, 9, 4],
          text=Words("'Stolen' versus 'may have leaked'", "still checking whether anything was extracted"))
    r.has("conflicts", about="data_classes", sources=[2, 4, 3], text=Words("did not specify", "NHK lists"))
    r.has("conflicts", about="data_classes", sources=[9, 10, 11], text=Words("Card data", "Toyota says none"))
    r.has("conflicts", about="dates", sources=[6, 7], text=Words("21 March", "VCDB codes February 2019"))
    r.has("conflicts", about="actors", sources=[1, 15], text=Words("credits FireEye", "moderate confidence", "state"))
    r.has("conflicts", about="parties", sources=[3, 2], text=Words("three independent dealers", "possibly involved"))


def tokyo_rest(r):
    r.has("related", incident__id=AUSTRALIA, relation="same_group", certainty="confirmed", note=Words("five weeks"))
    r.has("related", incident__id=AUSTRALIA, relation="possible_link", certainty="suspected")
    r.has("related", incident__id=VIETNAM, relation="same_group", certainty="confirmed", note=Words("same day"))
    r.has("related", incident__id=VIETNAM, relation="possible_link", certainty="unknown",
          note=Words("no word was given on a connection"))
    r.has("related", incident__id=THAILAND, relation="possible_link", certainty="claimed")
    r.only("sources", 16)
    r.founding_article()
    r.has("sources", n=2, publisher="ZDNet", published__edtf=LATE_MARCH,
          url="https://www.zdnet.com/article/toyota-announces-second-security-breach-in-the-last-five-weeks/")
    r.has("sources", n=7, publisher="VERIS Community Database", **{"class": "dataset"})
    r.has("sources", n=9, description=Words("English notice", "items of customer information"))
    r.has("sources", n=14, publisher="Claims Journal (Bloomberg)", published__edtf="2019-12-23")
    r.has("sources", n=15, publisher="CyberScoop", description=Words("FireEye's assessment"))


def owners(checks, daemon):
    """Five companies belong to the holding company; of the three independent ones no owner is known or made up."""
    for ident, name, kind, _ in DEALERS:
        r = checks.record(daemon, f"/dealers/{ident}.json")
        r.is_(name=name, kind=kind, country="JP", city="Tokyo", incidents__own=1)
        r.has("sources", title="Founding article", publisher=None)
        if ident in OWNED:
            r.is_(owner__id=HOLDINGS)
            r.has("links", relation="owned_by", organization__id=HOLDINGS, source=2)
        if ident in INDEPENDENT:
            r.is_(owner=None, links=[])
    metro = checks.record(daemon, "/organizations/toyota-metro-logic.json")
    metro.is_(name="Toyota Metro Logic", kind="other", country="JP", owner__id=HOLDINGS, incidents__own=0)
    metro.has("names", name="トヨタメトロジック", lang="ja", type="native")
    metro.has("links", relation="owned_by", organization__id=HOLDINGS,
              note=Words("Only in the Japanese-language lists", "also reach eight"))
    motor = checks.record(daemon, "/dealers/tokyo-tokyo-motor.json")
    motor.has("names", name="東京トヨタ自動車", lang="ja", type="native", note=Words("translation slip"))
    apt32 = checks.record(daemon, "/actors/apt32.json")
    apt32.is_(name="APT32", kind="state", incidents__confirmed=0)


def australia(r):
    r.is_(title=Words("what it calls an attempted"),
          summary=Words("believed no private customer or employee data", "a belief at that stage", "279 dealers stayed",
                        "ZDNet reported", "did not know the origin", "unnamed experts", "suspect APT32"),
          status="confirmed", exposure="denied", status_note=Words("21 February 2019", "attempted", "did not believe"),
          date__edtf="2019-02-21", date__basis="disclosed", country="AU", organization__id="toyota-australia",
          occurred__edtf="2019-02-19~", discovered__edtf="2019-02-19", notified__edtf="2019-02-22~", affected=None,
          dealers__named=0, dealers__stated=None)
    r.has("dates", kind="occurred", certainty="suspected", source=None, note=Words("intrusion date not published"))
    r.has("dates", kind="notified", source=4, note=Words("government agencies"))
    r.only("parties", 2)
    r.has("parties", organization__id="toyota-australia", organization__kind="importer", role="breached",
          certainty="confirmed")
    r.has("parties", organization__id=None, organization__name="Toyota Australia dealer network", role="disrupted",
          count__value=279, count__qualifier="exact", source=3, note=Words("stayed open", "delayed servicing"))
    r.only("figures", 1)
    r.has("figures", unit="dealers", value=279, scope="context", source=3, asserted_by__name="Toyota Australia",
          note=Words("not a count of breached dealers"))
    r.only("data_classes", 2)
    for ident in ("customer-records", "employee-records"):
        r.has("data_classes", id=ident, certainty="denied", source=2, asserted_by__name="Toyota Australia",
              note=Words("belief at that stage", "not a finding"))
    r.only("actors", 1)
    r.has("actors", id="apt32", kind="state", certainty="suspected", source=9,
          asserted_by__name=Words("unnamed industry experts", "ZDNet"),
          note=Words("Not confirmed by Toyota Australia", "knew nothing of the origin"))
    r.has("attack", action="hacking", certainty="confirmed", note=Words("attempted", "no technique"))
    r.has("attack", action="malware", certainty="suspected", source=8, note=Words("One blog", "never confirmed"))


def australia_lists(r):
    r.has("timeline", kind="discovery", date__edtf="2019-02-19", source=3, text=Words("Tuesday"))
    r.has("timeline", kind="disclosure", date__edtf="2019-02-21", source=2,
          text=Words("attempted attack", "believed no private data was accessed"))
    r.has("timeline", kind="statement", date__edtf="2019-02-21", source=5, text=Words(
        "IT department", "together with international security experts", "origin was unknown"))
    r.has("timeline", kind="statement", date__edtf="2019-02-22", source=4, text=Words("still offline", "call centre"))
    r.has("timeline", kind="statement", date__edtf="2019-02-25~", source=3, text=Words("279 dealers open", "delayed"))
    r.has("timeline", kind="analysis", date__edtf=LATE_MARCH, source=9, certainty="claimed",
          text=Words("some experts", "APT32", "sales and deliveries"))
    r.only("caveats", 4)
    r.has("caveats", about="attack", text=Words("'Attempted'", "own word"))
    r.has("caveats", about="data_classes", text=Words("'We do not believe'", "not a forensic result"))
    r.has("caveats", about="actors", text=Words("Origin unknown"))
    r.has("caveats", about="dates", source=1, text=Words("only in late February"))
    r.only("conflicts", 3)
    r.has("conflicts", about="dates", sources=[3, 6], text=Words("Tuesday 19 February", "the day before"))
    r.has("conflicts", about="timeline", sources=[9, 3], text=Words("selling and delivering", "dealers were operating"))
    r.has("conflicts", about="timeline", sources=[1, 2, 5], text=Words(
        "founding article", "IT department working with international experts", "Toyota Australia's statement"))
    r.has("related", incident__id=TOKYO, relation="same_group", certainty="confirmed")
    r.has("related", incident__id=TOKYO, relation="possible_link", certainty="suspected", note=Words("experts guessed"))
    r.has("related", incident__id=VIETNAM, relation="same_group")
    r.has("related", incident__id=THAILAND, relation="same_group")
    r.only("sources", 12)
    r.founding_article()
    r.has("sources", n=2, publisher="The Guardian", published__edtf="2019-02-21")
    r.has("sources", n=12, publisher="CyberScoop", description=Words("FireEye's assessment"))


def vietnam(r):
    r.is_(title=Words("probably attacked", "may have been accessed"),
          summary=Words("no concrete evidence", "still investigating", "the day of Toyota's Tokyo notice",
                        "a day later", "No figures or method", "nor any word on a link", "unnamed Toyota official"),
          status="suspected", exposure="suspected", status_note=Words("likely attack", "no concrete evidence"),
          date__edtf=LATE_MARCH, date__basis="disclosed", discovered__edtf="2019-03", occurred=None, country="VN",
          organization__id="toyota-vietnam-motor-company", affected=None, figures=[], dealers__named=0)
    r.has("dates", kind="disclosed", date__edtf=LATE_MARCH, source=2, note=Words("IT Governance", "a day later"))
    r.has("dates", kind="discovered", date__edtf="2019-03", source=6, certainty="claimed")
    r.only("parties", 1)
    r.has("parties", organization__id="toyota-vietnam-motor-company", organization__kind="automaker", role="breached",
          certainty="suspected")
    r.only("data_classes", 1)
    r.has("data_classes", id="customer-records", certainty="suspected", source=2, note=Words("no evidence of loss"))
    r.only("actors", 1)
    r.has("actors", id="apt32", kind="state", certainty="claimed", source=6, asserted__edtf="2019-12-23",
          asserted_by__name=Words("unnamed Toyota official"), note=Words("2019 announcement named nobody"))
    r.has("attack", action="hacking", certainty="suspected", note=Words("No detail of the method"))
    r.has("timeline", kind="disclosure", date__edtf=LATE_MARCH, source=2,
          text=Words("likely been attacked", "may have been accessed", "no evidence or detail of loss"))
    r.has("timeline", kind="analysis", date__edtf="2019-12-23", source=6, text=Words("spokesman", "targeted in March"))
    r.only("caveats", 3)
    r.has("caveats", about="attack", text=Words("Likely attacked", "not confirmed"))
    r.has("caveats", about="data_classes", text=Words("No concrete evidence or details"))
    r.has("caveats", about="related", source=1, text=Words("Connection with the Tokyo breach not stated"))
    r.only("conflicts", 1)
    r.has("conflicts", about="dates", sources=[1, 4, 5], text=Words("29 March", "day after the Japanese notice"))
    r.has("related", incident__id=TOKYO, relation="same_group", certainty="confirmed")
    r.has("related", incident__id=TOKYO, relation="possible_link", certainty="unknown", source=1,
          note=Words("no details on whether it is connected"))
    r.has("related", incident__id=THAILAND, relation="possible_link", certainty="claimed", note=Words("twin"))
    r.has("related", incident__id=AUSTRALIA, relation="same_group")
    r.only("sources", 6)
    r.founding_article()


def pages(checks, daemon):
    headline = "Up to 3.1 million people (3,100,000), says Toyota, 29 March 2019, reported by ZDNet"
    words = checks.shows(daemon, f"/incidents/{TOKYO}", f"Claimed: {headline} [2] · 3 other figures",
                         "Attack confirmed · data loss suspected", "What is not known", "We apologize to everyone",
                         *(name for _, name, _, _ in DEALERS))
    checks.say("text does not name its publisher" in words, "the founding article's source is shown")
    checks.say(f'property="og:description" content="Attack confirmed · data loss suspected. Claimed: {headline}.'
               in checks.fetch(daemon, f"/incidents/{TOKYO}"), "og:description has the headline")
    checks.shows(daemon, f"/incidents/{AUSTRALIA}", "Attack confirmed · data loss denied",
                 "a belief, not a forensic result", "international security experts")
    checks.shows(daemon, f"/incidents/{VIETNAM}", "Attack suspected · data loss suspected",
                 "Connection with the Tokyo breach not stated")


def main():
    checks = Checks()
    with Daemon() as daemon:
        tokyo = checks.record(daemon, f"/incidents/{TOKYO}.json")
        for part in (tokyo_itself, tokyo_parties, tokyo_figures, tokyo_data, tokyo_actors, tokyo_timeline,
                     tokyo_caveats, tokyo_conflicts, tokyo_rest):
            part(tokyo)
        owners(checks, daemon)
        south = checks.record(daemon, f"/incidents/{AUSTRALIA}.json")
        australia(south)
        australia_lists(south)
        vietnam(checks.record(daemon, f"/incidents/{VIETNAM}.json"))
        pages(checks, daemon)
    print(f"{checks.passed} passed, {checks.failed} failed")
    return checks.failed > 0 or checks.passed == 0


if __name__ == "__main__":
    sys.exit(main())
