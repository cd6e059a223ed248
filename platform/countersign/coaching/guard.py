"""The one gate for what a model wrote: no hidden thing, no claim against the verdict, no code.

Whatever has an objection is not shown. The model was never told anything hidden; this is the second
wall, and the one against chance.
"""

from __future__ import annotations

import base64
import keyword
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from grader.authored.exercise import Exercise
from grader.checks.guard import given_away
from grader.verdict import Verdict

RUN = 8  # tokens in a row that are no chance
LONGEST_CODE = 3  # lines


class Objection(StrEnum):
    """Why a text is not shown."""

    HIDDEN = "hidden"  # quotes what hidden checks know
    TEST_NAME = "test_name"
    REFERENCE = "reference"  # a piece of the reference or of a hidden test
    CONTRADICTS = "contradicts"  # claims another outcome than the verdict
    FIGURE = "figure"  # states a score or a count
    CODE = "code"  # gives code away
    LINK = "link"
    TOO_LONG = "too_long"


_PASSED = re.compile(
    r"\b(?:(?:all|every|each)\b[^.?!]{0,30}\b(?:checks?|tests?|rules?|requirements?)\b[^.?!]{0,20}"
    r"\b(?:pass|hold|met|satisfied|succeed)"
    r"|(?:code|program|solution|work|function|it|this|that|answer)\s+(?:\w+\s+){0,2}?"
    r"(?:passes|passed|is (?:correct|right|perfect|fine|complete|flawless)"
    r"|works (?:correctly|perfectly|fine))"
    r"|you(?:['’]ve| have)? (?:pass(?:ed)?|solved|succeeded)"
    r"|well done|perfect(?:ly)?|congratulations"
    r"|nothing (?:to|needs to) (?:change|fix)|no (?:errors?|mistakes?|bugs?|issues?|problems?)\b)",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"\b(?:(?:checks?|tests?|rules?|requirements?)\b[^.?!]{0,20}\b(?:fail|don['’]t (?:pass|hold))"
    r"|(?:code|program|solution|work|function|it|answer)\s+(?:\w+\s+){0,2}?"
    r"(?:fails?\b|failed|is (?:wrong|incorrect|broken)|doesn['’]t (?:work|pass)))",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d+(?:\.\d+)?\s*(?:/|%|percent|out of|of \d+|points?\b|marks?\b|checks?\b|tests?\b)"
    r"|\b(?:score|grade|mark|points?)\b[^.?!]{0,20}\d"
    r"|\b(?:full|top|maximum|perfect) (?:score|marks?|points?|grade)",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?:|www\.|!?\[[^\]]*\]\(|<\w+[\s>/]|javascript:|data:", re.IGNORECASE)
_FENCE = re.compile(r"```.*?```", re.DOTALL)


@dataclass(frozen=True)
class Guard:
    """Guards what is said about one verdict on one exercise.

    ``hidden_names`` are ids and titles of checks that learners don't see; ``own`` is the learner's
    own text, which may be quoted back to them.
    """

    exercise: Exercise
    verdict: Verdict
    hidden_names: frozenset[str] = frozenset()
    own: Mapping[str, str] | None = None

    def objection(self, text: str, *, longest: int = 400) -> Objection | None:
        """Why this text may not be shown; None when it may."""
        if len(text) > longest:
            return Objection.TOO_LONG
        if _LINK.search(text):
            return Objection.LINK
        if any(block.count("\n") > LONGEST_CODE for block in _FENCE.findall(text)):
            return Objection.CODE
        return self.leak(text) or self._contradiction(text)

    def leak(self, text: str) -> Objection | None:
        """What of the hidden parts a text gives away, plainly or in disguise."""
        for form in _forms(text):
            if given_away(self.exercise, form):
                return Objection.HIDDEN
        lowered = text.lower()
        if any(name.lower() in lowered for name in self._telling_names):
            return Objection.TEST_NAME
        if any(self._spelt(secret) & set(_words(text)) for secret in self._secrets):
            return Objection.HIDDEN
        return Objection.REFERENCE if self._sealed_runs & _runs(text) else None

    def _contradiction(self, text: str) -> Objection | None:
        if _FIGURE.search(text):
            return Objection.FIGURE
        claim = _FAILED if self.verdict.status.value == "passed" else _PASSED
        return Objection.CONTRADICTS if claim.search(text) else None

    @cached_property
    def _telling_names(self) -> frozenset[str]:
        known = self.exercise.known_text.lower()
        return frozenset(
            name
            for name in self.hidden_names
            if len(name) > 5 and re.search(r"[ _-]", name) and name.lower() not in known
        )

    @cached_property
    def _secrets(self) -> frozenset[str]:
        known = self.exercise.known_text
        texts = (str(each).strip() for each in self.exercise.hidden_texts)
        return frozenset(text for text in texts if len(text) > 5 and text not in known)

    @staticmethod
    def _spelt(secret: str) -> set[str]:
        raw = secret.encode(errors="replace")
        return {base64.b64encode(raw).decode(), raw.hex(), raw.hex().upper(), secret[::-1]}

    @cached_property
    def _sealed_runs(self) -> frozenset[tuple[str, ...]]:
        """Runs of tokens in the reference and the hidden tests that the learner hasn't seen."""
        sealed: set[tuple[str, ...]] = set()
        for path, source in self.exercise.files.items():
            if path.startswith(("reference/", "hidden/")):
                sealed |= _runs(source)
        shown = _runs(self.exercise.known_text)
        own = {run for text in (self.own or {}).values() for run in _runs(text)}
        return frozenset(sealed - shown - own)


def _forms(text: str) -> Iterable[str]:
    yield text
    yield text[::-1]


def _words(text: str) -> list[str]:
    return [word.strip("`'\"“”‘’.,:;()[]{}") for word in text.split()]


_NAME = re.compile(r"[A-Za-z_]\w*")
_KEPT = frozenset(keyword.kwlist) | frozenset(
    ("len", "range", "sum", "min", "max", "int", "str", "float", "list", "dict", "set", "sorted")
)


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every run of RUN code tokens, names made equal; empty for prose without code."""
    tokens = list(_tokens(text))
    return {
        run
        for start in range(len(tokens) - RUN + 1)
        if _is_code(run := tuple(tokens[start : start + RUN]))
    }


def _is_code(run: tuple[str, ...]) -> bool:
    """Prose has few signs; code has many."""
    return sum(not token[0].isalnum() and token[0] != "_" for token in run) >= 3


_TOKEN = re.compile(r"[A-Za-z_]\w*|\d+(?:\.\d+)?|[^\w\s]")


def _tokens(text: str) -> Iterable[str]:
    return (_equal(token) for token in _TOKEN.findall(text))


def _equal(token: str) -> str:
    return "_name" if _NAME.fullmatch(token) and token not in _KEPT else token
