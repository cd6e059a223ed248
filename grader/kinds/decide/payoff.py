"""What each decision is worth, worked out from the cells of the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from grader.kinds.decide.sources import Sources
from grader.kinds.decide.spec import DecideSpec
from grader.kinds.decide.sums import worked


@dataclass(frozen=True, kw_only=True)
class Row:
    """Something that may happen: how likely, and what each option is then worth."""

    says: str
    chance: Fraction
    worth: Mapping[str, Fraction]


@dataclass(frozen=True, kw_only=True)
class Payoffs:
    """The whole table. ``expected`` maps an option to the sum of chance × worth."""

    unit: str
    rows: tuple[Row, ...]
    within: Fraction

    @property
    def expected(self) -> dict[str, Fraction]:
        options = self.rows[0].worth
        return {
            option: sum((row.chance * row.worth[option] for row in self.rows), Fraction())
            for option in options
        }

    @property
    def sound(self) -> frozenset[str]:
        """The options that are worth most, or less than that by no more than ``within``."""
        expected = self.expected
        best = max(expected.values())
        return frozenset(name for name, worth in expected.items() if worth >= best - self.within)


def key_facts(spec: DecideSpec, sources: Sources) -> dict[str, Fraction]:
    """Each fact's value, worked out. Raises SumError."""
    return {fact.id: worked(fact.sum, sources=sources).value for fact in spec.facts}


def payoffs(spec: DecideSpec, sources: Sources, facts: Mapping[str, Fraction]) -> Payoffs:
    """The table with these facts in it. Raises SumError."""
    table = spec.decision.payoff

    def value(sum_of: str | int | float) -> Fraction:
        if not isinstance(sum_of, str):
            return Fraction(str(sum_of))
        return worked(sum_of, sources=sources, names=facts).value

    return Payoffs(
        unit=table.unit,
        within=Fraction(str(table.within)),
        rows=tuple(
            Row(
                says=row.says,
                chance=value(row.chance),
                worth={option.id: value(row.worth[option.id]) for option in spec.decision.options},
            )
            for row in table.rows
        ),
    )
