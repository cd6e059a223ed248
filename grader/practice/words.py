"""What words of English have in common: numbers, spellings, inflections, slips of the finger."""

from __future__ import annotations

import re

from grader.practice.wordlists import words_in

UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50} | {
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
NUMBERS: dict[str, str] = (
    {word: str(value) for value, word in enumerate(UNITS)}
    | {word: str(value) for word, value in TENS.items()}
    | {"hundred": "100", "thousand": "1000", "dozen": "12", "nought": "0", "naught": "0"}
)

ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}

# Words that mean the same to everyone who writes about code. Both sides are read through this.
_SAME: dict[str, str] = {
    **NUMBERS,
    **dict.fromkeys(("not", "cannot", "donot", "dont", "cant", "wont", "n't", "aint"), "not"),
    **dict.fromkeys(("doesnt", "didnt", "shouldnt", "isnt", "arent", "wasnt", "wouldnt"), "not"),
    **dict.fromkeys(("mustnt", "neednt", "couldnt", "havent", "hasnt", "werent", "nt"), "not"),
    **dict.fromkeys(("w/o", "w/out", "wthout", "withou", "whitout", "witout"), "without"),
    **dict.fromkeys(("num", "nums", "nbr", "numer", "numbr"), "number"),
    **dict.fromkeys(("char", "chars"), "character"),
    **dict.fromkeys(("str", "strs"), "string"),
    **dict.fromkeys(("int", "ints"), "integer"),
    **dict.fromkeys(("dict", "dicts"), "dictionary"),
    **dict.fromkeys(("func", "fn", "def"), "function"),
    **dict.fromkeys(("avg", "avrg"), "average"),
    **dict.fromkeys(("max", "maxi"), "maximum"),
    **dict.fromkeys(("min", "mini"), "minimum"),
    **dict.fromkeys(("asc",), "ascending"),
    **dict.fromkeys(("desc",), "descending"),
    **dict.fromkeys(("dp", "dps", "d.p", "d.p."), "decimal"),
    **dict.fromkeys(("pct", "percent", "percentage", "%"), "percent"),
    **dict.fromkeys(("$", "usd"), "dollar"),
    **dict.fromkeys(("£", "gbp"), "pound"),
    **dict.fromkeys(("€", "eur"), "euro"),
    **dict.fromkeys(("null", "nil"), "none"),
    **dict.fromkeys(("==", "=", "equals"), "equal"),
    **dict.fromkeys(("dup", "dups", "dupe", "dupes", "duplicated"), "duplicate"),
    **dict.fromkeys(("retrun", "retun", "reutrn", "retrn", "returm", "rtn"), "return"),
    **dict.fromkeys(("emtpy", "empy", "emty", "empt"), "empty"),
    **dict.fromkeys(("lst", "array", "arrays"), "list"),
    **dict.fromkeys(("capitalise", "capitalize", "capitalised", "capitalized"), "capital"),
    "otherwise": "otherwise",
    "likewise": "likewise",
    **dict.fromkeys(("parenthesis", "parentheses", "paren", "parens"), "bracket"),
}

# Forms that no ending explains; each is read as itself and as its plain form.
_PLAIN_FORM: dict[str, str] = {
    "gave": "give", "given": "give", "kept": "keep", "threw": "throw", "thrown": "throw",
    "wrote": "write", "written": "write", "took": "take", "taken": "take", "found": "find",
    "made": "make", "got": "get", "gotten": "get", "chose": "choose", "chosen": "choose",
    "came": "come", "went": "go", "gone": "go", "goes": "go", "did": "do", "done": "do",
    "does": "do", "was": "be", "were": "be", "been": "be", "is": "be", "are": "be",
    "has": "have", "had": "have", "held": "hold", "left": "leave", "lost": "lose",
    "meant": "mean", "paid": "pay", "sold": "sell", "sent": "send", "spent": "spend",
    "said": "say", "told": "tell", "thought": "think", "bought": "buy", "brought": "bring",
    "fewer": "few", "fewest": "few", "indices": "index", "indexes": "index", "halves": "half",
    "people": "person", "persons": "person", "children": "child", "men": "man",
    "women": "woman", "criteria": "criterion", "dates": "date", "split": "split",
    "biggest": "big", "bigger": "big", "pence": "penny", "pennies": "penny",
    "arose": "arise", "began": "begin", "begun": "begin", "broke": "break", "broken": "break",
    "fell": "fall", "fallen": "fall", "hid": "hide", "hidden": "hide", "rose": "rise",
    "shown": "show", "stood": "stand", "understood": "understand", "worst": "bad", "worse": "bad",
}  # fmt: skip

_OUR = re.compile(r"(?<=\w{3})our(s|ed|ing|able|ite|al|less|ful)?$")
_ISE = re.compile(r"(?<=\w{4})is(e|ed|es|er|ers|ing|ation|ations)$")
_YSE = re.compile(r"(?<=\w{3})ys(e|ed|es|er|ing)$")
_ENDINGS = words_in(
    "s es ed d ing er ers est ly y al ally able ible ful less ness ment ments tion tions ion ions "
    "ation ations n en r st 's s' ive ish ize ized izing izes ity ities ist or ors age ages ance "
    "ence ant ent time times"
)
_AFTER_E = words_in("ing ed er ers est al als able ably ible ion ions ive ively ity ation y")
_AFTER_Y = words_in("ies ied ier iest ily iness")
_SHORT_ENDINGS = words_in("s es ed d ing er ers r 's")

LONGEST_SHORT = 3
"""Terms up to this long match a word only with a plain ending, so that "cap" isn't "capital"."""
_TYPO_FROM, _TWO_TYPOS_FROM = 6, 9


def spelled(word: str) -> str:
    """The one spelling under which a word is looked up: "colour" as "color", "two" as "2"."""
    if word in _SAME:
        return _SAME[word]
    if word[-3:] == "n't":
        return "not"
    if word[-2:] == "'s" and len(word) > 3:
        word = word[:-2]
    if word.isalpha() and len(word) >= 6:
        word = _OUR.sub(lambda end: "or" + (end[1] or ""), word)
        word = _ISE.sub(lambda end: "iz" + end[1], word)
        word = _YSE.sub(lambda end: "yz" + end[1], word)
        word = word.replace("centre", "center")
    return word


def number(text: str) -> str:
    """A number as it is compared: "1,000" as "1000", ".50" and "0.5" as "0.5"."""
    whole, _, part = text.replace(",", "").partition(".")
    part = part.rstrip("0")
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{part}" if part else whole


def matches(term: str, word: str, *, open_ended: bool = False) -> bool:
    """Whether a word is the term, or the term with an ending. Both ``spelled`` already."""
    if term == word:
        return True
    if term[0].isdigit() or word[0].isdigit() or not term[0].isalpha():
        return False
    plain = _PLAIN_FORM.get(word)
    return _begins(term, word, open_ended) or (plain is not None and _begins(term, plain, False))


def _begins(term: str, word: str, open_ended: bool) -> bool:
    if term == word:
        return True
    if word.startswith(term):
        rest = word[len(term) :]
        if open_ended or len(term) > 4:
            return True
        return rest in (_SHORT_ENDINGS if len(term) <= LONGEST_SHORT else _ENDINGS)
    return _changed_stem(term, word)


def _changed_stem(term: str, word: str) -> bool:
    """raise → raising, copy → copies, stop → stopped, decimals → decimal."""
    last, stem = term[-1], term[:-1]
    if len(term) > 3 and word.startswith(stem):
        rest = word[len(stem) :]
        if (last == "e" and rest in _AFTER_E) or (last == "y" and rest in _AFTER_Y):
            return True
        if last == "s" and rest == "" and len(stem) > 3 and not stem.endswith("s"):
            return True
    return False


def doubled(term: str, word: str) -> bool:
    """drop → dropped, cap → capped: the last letter twice before an ending."""
    return (
        len(term) >= 3
        and word.startswith(term + term[-1])
        and word[len(term) + 1 :] in ("ed", "ing", "er", "ers")
    )


def mistyped(term: str, word: str) -> bool:
    """Whether a word may be the term with a slip: one edit from six letters on, two from nine.

    The first letter stands, so "inclusive" and "exclusive" stay apart.
    """
    if len(term) < _TYPO_FROM or len(word) < _TYPO_FROM - 1 or term[0] != word[0]:
        return False
    allowed = 2 if len(term) >= _TWO_TYPOS_FROM else 1
    longest = len(term) + allowed
    return any(
        _edits(term, word[:length], allowed) <= allowed
        for length in {len(word), *range(len(term) - allowed, longest + 1)}
        if length == len(word) or (length < len(word) and word[length:] in _ENDINGS)
    )


def _edits(left: str, right: str, allowed: int) -> int:
    """Damerau-Levenshtein distance (optimal string alignment), or more than allowed."""
    if abs(len(left) - len(right)) > allowed:
        return allowed + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > allowed:
            return allowed + 1
    return row[-1]
