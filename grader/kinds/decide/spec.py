"""What the author of a ``decide`` writes, and how a learner sees it before answering."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from grader.authored.model import Authored, Line, Slug, Words
from grader.authored.problems import Fault
from grader.authored.spec import Spec, repeated
from grader.kinds.decide.sources import (
    SourceError,
    Sources,
    Table,
    Text,
    named,
    number_in,
    read_table,
    read_text,
)
from grader.kinds.decide.sums import SumError, worked

FOLDER = "data"
COMPARISON = re.compile(r"^\s*(?P<sign>>=|<=|>|<|=)?\s*(?P<number>.+?)\s*$")

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Sum = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Number = int | float


class ClaimStatus(StrEnum):
    """How a claim stands."""

    HOLDS = "holds"
    WRONG = "wrong"
    CANT_TELL = "cant_tell"


class Action(StrEnum):
    """What is done with a model's work. An option may name the one it comes to."""

    SHIP = "ship"
    GUARD = "guard"
    FIX = "fix"
    REJECT = "reject"
    ESCALATE = "escalate"


class SourceFile(Authored):
    """A file in ``data/``: ``.csv`` is a table, any other a text."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=30)]
    title: Line
    file: Line

    @property
    def path(self) -> str:
        return f"{FOLDER}/{self.file}"

    @property
    def is_table(self) -> bool:
        return self.file.endswith(".csv")


class Claim(Authored):
    """One numbered claim of the analysis.

    ``sum`` and ``claimed`` settle it by numbers, ``evidence`` and ``quote`` by a passage; a claim
    that can't be told names what is ``missing``. ``look`` is said while the mark isn't right,
    ``why`` once it is.
    """

    id: Slug
    says: Words
    status: Literal["holds", "wrong", "cant_tell"]
    weight: int = Field(2, ge=1, le=3)
    sum: Sum | None = None
    claimed: str | int | float | None = None
    tolerance: Number = 0
    evidence: list[Line] = []
    quote: Line | None = None
    missing: Line | None = None
    look: Words
    why: Words

    @property
    def key(self) -> ClaimStatus:
        return ClaimStatus(self.status)

    @property
    def is_misstatement(self) -> bool:
        """Whether a reader who lets it stand is misled."""
        return self.key is not ClaimStatus.HOLDS

    def agrees(self, value: Fraction) -> bool | None:
        """Whether the claim says this value; None where ``claimed`` can't be read."""
        found = COMPARISON.match(str(self.claimed))
        stated = number_in(found["number"]) if found else None
        if found is None or stated is None:
            return None
        near = Fraction(str(self.tolerance))
        match found["sign"]:
            case ">":
                return value > stated - near
            case "<":
                return value < stated + near
            case ">=":
                return value >= stated - near
            case "<=":
                return value <= stated + near
            case _:
                return abs(value - stated) <= near


class Fact(Authored):
    """A number that the learner works out. ``sum`` is the key; nobody types it.

    ``tolerance`` is absolute, half a step of the last decimal if left out. ``units`` maps other
    units in which the number may be given to what one of them is in ``unit``.
    """

    id: Name
    ask: Words
    sum: Sum
    unit: Annotated[str, StringConstraints(max_length=20)] = ""
    decimals: int = Field(0, ge=0, le=6)
    tolerance: Number | None = None
    units: dict[str, Number] = {}
    evidence: list[Line] = []
    look: Words

    @property
    def near(self) -> Fraction:
        """How far from the key a number may be."""
        if self.tolerance is not None:
            return Fraction(str(self.tolerance))
        return Fraction(1, 2 * 10**self.decimals)


class Option(Authored):
    """A decision that may be taken; ``why`` is said to those who took it."""

    id: Slug
    says: Words
    action: Literal["ship", "guard", "fix", "reject", "escalate"] | None = None
    allowed: bool = False
    why: Words


class PayoffRow(Authored):
    """What each option is worth, should this happen. ``worth`` maps each option to a sum in
    which facts stand by their ids; ``chance`` is one too, 1 if left out."""

    says: Line
    chance: Sum = "1"
    worth: dict[str, Sum | Number] = Field(min_length=2)


class Payoff(Authored):
    """What the options come to. The best ones, and those ``within`` so much, are sound."""

    unit: Line
    within: Number = 0
    rows: list[PayoffRow] = Field(min_length=1, max_length=6)


class Decision(Authored):
    """The question, the options and their worth; ``words`` is how long the reasons may be."""

    ask: Words
    options: list[Option] = Field(min_length=2, max_length=6)
    payoff: Payoff
    words: list[int] = Field([25, 150], min_length=2, max_length=2)
    look: Words


class Criterion(Authored):
    """One line of the rubric that an instructor marks with 0, 1 or 2."""

    id: Slug
    says: Line
    full: Words


DEFAULT_RUBRIC = (
    Criterion(
        id="number",
        says="Uses a number that was checked",
        full="Names a number from the data that carries the decision, with where it stands.",
    ),
    Criterion(
        id="weak-claim",
        says="Names the claim that doesn’t carry",
        full="Says which claim of the analysis is wrong or open, and what that changes.",
    ),
    Criterion(
        id="cost",
        says="Weighs a cost or a risk",
        full="Says what the decision costs, or what happens should it be wrong.",
    ),
    Criterion(
        id="change",
        says="Says what would change it",
        full="Names something that could be found out and would lead to another decision.",
    ),
)


class DecideSpec(Spec):
    """``kind: decide``"""

    kind: Literal["decide"]
    sources: list[SourceFile] = Field(min_length=1, max_length=4)
    written_by: Literal["practice", "model", "person"] = "practice"
    analysis: Words | None = None
    claims: list[Claim] = Field(min_length=3, max_length=8)
    facts: list[Fact] = Field(min_length=2, max_length=4)
    decision: Decision
    rubric: list[Criterion] = Field(list(DEFAULT_RUBRIC), min_length=2, max_length=6)

    def open_sources(self, files: Mapping[str, str]) -> Sources:
        """The tables and texts of the case. Raises SourceError."""
        tables: dict[str, Table] = {}
        texts: dict[str, Text] = {}
        for each in self.sources:
            content = files.get(each.path)
            if content is None:
                raise SourceError("there is no such file")
            if each.is_table:
                tables[each.id] = read_table(content, name=each.id, title=each.title)
            else:
                texts[each.id] = read_text(content, name=each.id, title=each.title)
        return Sources(tables=tables, texts=texts)

    @cached_property
    def misstatements(self) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.claims if claim.is_misstatement)

    def faults(self, files: Mapping[str, str]) -> Iterator[Fault]:
        yield from self._twice()
        unreadable = list(self._unreadable(files))
        yield from unreadable
        if not unreadable:
            yield from self._unknown_places(self.open_sources(files))
        yield from self._payoff_faults()

    def _twice(self) -> Iterator[Fault]:
        for key, names in (
            ("claims", [each.id for each in self.claims]),
            ("facts", [each.id for each in self.facts]),
            ("sources", [each.id for each in self.sources]),
            ("rubric", [each.id for each in self.rubric]),
        ):
            for twice in sorted(repeated(names)):
                yield Fault(
                    path=(key,), message=f"The id “{twice}” is used twice.", remedy="Rename one."
                )

    def _unreadable(self, files: Mapping[str, str]) -> Iterator[Fault]:
        for at, each in enumerate(self.sources):
            try:
                self.model_copy(update={"sources": [each]}).open_sources(files)
            except SourceError as error:
                yield Fault(
                    path=("sources", at, "file"),
                    message=f"{each.path} can't be used: {error}.",
                    remedy="Put the file right.",
                )

    def _unknown_places(self, sources: Sources) -> Iterator[Fault]:
        evidence = [(("claims", at), each.evidence) for at, each in enumerate(self.claims)]
        evidence += [(("facts", at), each.evidence) for at, each in enumerate(self.facts)]
        for path, places in evidence:
            for place in places:
                found = named(place, sources)
                if found.unknown or not found.places:
                    yield Fault(
                        path=(*path, "evidence"),
                        message=f"“{place}” names no cell and no passage.",
                        remedy="Write it like D4, loans!D4:D9 or policy:2.",
                    )

    def _payoff_faults(self) -> Iterator[Fault]:
        options = {option.id for option in self.decision.options}
        for at, row in enumerate(self.decision.payoff.rows):
            if set(row.worth) != options:
                yield Fault(
                    path=("decision", "payoff", "rows", at, "worth"),
                    message="The row has to name a worth for every option and for nothing else.",
                    remedy=f"Options are: {', '.join(sorted(options))}.",
                )

    def shown(self, files: Mapping[str, str]) -> dict[str, Any]:
        sources = self.open_sources(files)
        return {
            "written_by": self.written_by,
            "analysis": self.analysis or "",
            "claims": [{"id": each.id, "says": each.says} for each in self.claims],
            "tables": [
                {"id": each.id, "title": each.title, "rows": [list(row) for row in each.rows]}
                for each in sources.tables.values()
            ],
            "texts": [
                {"id": each.id, "title": each.title, "passages": list(each.passages)}
                for each in sources.texts.values()
            ],
            "facts": [
                {"id": each.id, "ask": each.ask, "unit": each.unit, "decimals": each.decimals}
                for each in self.facts
            ],
            "decision": {
                "ask": self.decision.ask,
                "words": self.decision.words,
                "options": [
                    {"id": each.id, "says": each.says, "action": each.action or ""}
                    for each in self.decision.options
                ],
            },
            "rubric": [{"id": each.id, "says": each.says} for each in self.rubric],
        }

    def hidden_texts(self, files: Mapping[str, str]) -> Iterator[str | float]:
        """What the facts come to: hints and feedback never say it."""
        try:
            sources = self.open_sources(files)
            for fact in self.facts:
                yield round(float(worked(fact.sum, sources=sources).value), fact.decimals)
        except (SourceError, SumError):
            return  # a fault of its own, said where the sum is proven
