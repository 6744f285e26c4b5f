# SPDX-License-Identifier: MIT
"""Text as searches see it: folded, and cut into words.

What the contract says: NFKC casefold; runs of Han, Kana and Hangul are found by any part of two or more characters. What it
leaves open, and what is expected of it here: a word is a run of letters, digits and the marks that belong to them (so
"don't" is two words and "e-mail" too; in a query such parts stand in a row, as a phrase); characters that Unicode tells to
ignore, such as the soft hyphen, are not there; who has no ë on the keyboard finds Citroën, so the accents of Latin, Greek and
Cyrillic letters do not count (those of other scripts make other letters, and do). A phrase is found within one title, summary,
name or event, and does not reach from one into the next.
"""
import re
import unicodedata

WORD = re.compile(r"[0-9a-z]+")
WIDE = re.compile("[^\x00-\x7f]")
ACCENTS = re.compile("[\u0300-\u036f]")
# Scripts written without spaces that the contract names: Han, Hiragana, Katakana (with its marks), Hangul.
SPACELESS = re.compile("[\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf"
                       "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U0001aff0-\U0001b16f\U00020000-\U000323af]")
IGNORED = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
                     "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]")


def fold(text):
    """NFKC_Casefold of Unicode 3.13: alike what differs in case, width or composition only."""
    if not WIDE.search(text):
        return text.lower()
    text = unicodedata.normalize("NFD", text)
    while True:
        after = unicodedata.normalize("NFKC", IGNORED.sub("", text.casefold()))
        if after == text:
            return after
        text = after


def _is_of_word(c):
    return unicodedata.category(c)[0] in "LNM"


def _runs(folded):
    """Runs of characters of words, each of one kind: spaceless or not."""
    run, kind = "", None
    for c in folded:
        of = (bool(SPACELESS.match(c)) if not unicodedata.combining(c) or kind is None else kind) if _is_of_word(c) else None
        if of != kind and run:
            yield kind, run
            run = ""
        kind = of
        if of is not None:
            run += c
    if run:
        yield kind, run


def bare(text):
    """TEXT folded and without accents."""
    folded = fold(text)
    if not WIDE.search(folded):
        return folded
    return unicodedata.normalize("NFC", ACCENTS.sub("", unicodedata.normalize("NFD", folded)))


def cut(text):
    """The words of TEXT: (word, whether it is a spaceless run) in order."""
    folded = bare(text)
    if not WIDE.search(folded):
        return [(w, False) for w in WORD.findall(folded)]
    return [(run, spaceless) for spaceless, run in _runs(folded)]


def tokens(text):
    """What of TEXT can be looked up at once: words, and the pairs (or the only character) of spaceless runs."""
    for word, spaceless in cut(text):
        if not spaceless or len(word) == 1:
            yield word
        else:
            yield from (word[i:i + 2] for i in range(len(word) - 1))


def occurs(wanted, prefix, words):
    """Whether WANTED, as cut() gives it, stands in WORDS in a row; with PREFIX the last may be only the beginning of a word.

    Of a spaceless run any part will do, but what is next to it in WANTED is next to it in WORDS.
    """
    n = len(wanted)
    return any(all(_fits(wanted[i], words[at + i], i > 0, i < n - 1, prefix and i == n - 1) for i in range(n))
               for at in range(len(words) - n + 1))


def _fits(wanted, word, at_start, at_end, prefix):
    (want, spaceless), (have, is_spaceless) = wanted, word
    if spaceless != is_spaceless:
        return False
    if not spaceless:
        return have.startswith(want) if prefix else have == want
    if at_start and at_end:
        return have == want
    return have.startswith(want) if at_start else have.endswith(want) if at_end else want in have
