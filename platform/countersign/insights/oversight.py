"""How a group judges AI output: do they catch its errors without crying wolf. Pure functions.

All of it stands for one group (rule 3 of ``groups``): weeks, kinds, the start and now add up to
the same work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from countersign.insights.groups import FEWEST_PEOPLE, Person, Whose, group_of_parts
from countersign.insights.judging import Counts, Judging, Sureness, monday, total

WEEKS_SHOWN = 8


@dataclass(frozen=True)
class Ratio:
    """``part`` of ``whole`` over so many people. ``share`` is None exactly when it stands for too
    few people, or for nothing."""

    part: int
    whole: int
    people: int

    @property
    def share(self) -> float | None:
        """In per cent, whole points."""
        return round(100 * self.part / self.whole) if self.whole else None


NOTHING = Ratio(0, 0, 0)


@dataclass(frozen=True, kw_only=True)
class Shares:
    """The five shares of a stretch of judged work, each None where it stands for too few."""

    found: Ratio = NOTHING
    false_alarms: Ratio = NOTHING
    bad_approved: Ratio = NOTHING
    good_blocked: Ratio = NOTHING
    sure_wrong: Ratio = NOTHING


@dataclass(frozen=True)
class JudgedWeek:
    """A week's shares."""

    starts_on: date
    shares: Shares


@dataclass(frozen=True)
class Kind:
    """One kind of defect: of so many shown, so many were found."""

    name: str
    ratio: Ratio


@dataclass(frozen=True)
class Dot:
    """Somebody who shares: errors found and false alarms in their latest judged outputs."""

    person: Person
    found: float
    false_alarms: float


@dataclass(frozen=True, kw_only=True)
class Oversight:
    """``start`` and ``now`` are of the same people: who have both; ``so_far`` is all work of
    everyone. ``sureness`` counts people; ``minutes`` is None for too few, or nothing accepted."""

    people: int
    whose: Whose
    start: Shares
    now: Shares
    so_far: Shares
    weeks: tuple[JudgedWeek, ...]
    kinds: tuple[Kind, ...]
    sureness: dict[Sureness, int]
    minutes: float | None
    accepted: int
    dots: tuple[Dot, ...]
    not_drawn: int

    @property
    def latest(self) -> Shares:
        """Now, or all work so far where too few have judged more than a start."""
        return self.now if self.now.found.share is not None else self.so_far


def oversight(people: Sequence[Person], *, now: datetime) -> Oversight:
    """What may be said of the group's judging at this moment."""
    mondays = _mondays(now)
    group, whose = group_of_parts(
        people, parts=partial(_parts, shown=[day.isoformat() for day in mondays])
    )
    judged = [person.figures.judged for person in group]
    grown = [each for each in judged if each.now.outputs]
    dots = tuple(_dots(people))
    return Oversight(
        people=sum(bool(each.all.outputs) for each in judged),
        whose=whose,
        start=_shares([each.start for each in grown]),
        now=_shares([each.now for each in grown]),
        so_far=_shares([each.all for each in judged]),
        weeks=tuple(_weeks(judged, mondays)),
        kinds=_kinds(judged),
        sureness=_sureness(judged),
        minutes=_minutes(judged),
        accepted=sum(each.all.accepted for each in judged),
        dots=dots,
        not_drawn=_not_drawn(group),
    )


def _mondays(now: datetime) -> list[date]:
    this_week = monday(now.date())
    return [this_week - timedelta(weeks=back) for back in reversed(range(WEEKS_SHOWN))]


def _parts(person: Person, *, shown: Sequence[str]) -> set[tuple[str, str]]:
    """What this person has work in: each figure that is shown, and sums that these leave over."""
    judged = person.figures.judged
    stretches = {
        "start" if judged.now.outputs else "start alone": judged.start,
        "between": judged.between,
        "now": judged.now,
        "earlier": total(counts for day, counts in judged.weeks.items() if day not in shown),
        **{day: counts for day, counts in judged.weeks.items() if day in shown},
    }
    found = {
        (stretch, name)
        for stretch, counts in stretches.items()
        for name in WHOLES
        if getattr(counts, name)
    }
    found |= {("all", name) for _, name in found}
    found |= {("kind", kind) for kind in judged.kinds}
    return found | ({("sure", str(judged.sureness is Sureness.TOO_FEW))} if judged.sure else set())


RATIOS: dict[str, tuple[str, str]] = {
    "found": ("caught", "planted"),
    "false_alarms": ("false_alarms", "comments"),
    "bad_approved": ("approved", "flawed"),
    "good_blocked": ("blocked", "clean"),
    "sure_wrong": ("certain_wrong", "certain"),
}
"""Each share: which count over which."""

WHOLES = ("outputs", *(whole for _, whole in RATIOS.values()))


def _shares(counts: Sequence[Counts]) -> Shares:
    summed = total(counts)
    return Shares(
        **{name: _ratio(counts, summed, part, whole) for name, (part, whole) in RATIOS.items()}
    )


def _ratio(counts: Sequence[Counts], summed: Counts, part: str, whole: str) -> Ratio:
    people = sum(bool(getattr(each, whole)) for each in counts)
    if people < FEWEST_PEOPLE:
        return NOTHING
    return Ratio(getattr(summed, part), getattr(summed, whole), people)


def _weeks(judged: Sequence[Judging], mondays: Iterable[date]) -> list[JudgedWeek]:
    """From the first week with work on."""
    first = min((day for each in judged for day in each.weeks), default=None)
    if first is None:
        return []
    return [
        JudgedWeek(
            day,
            _shares([each.weeks[key] for each in judged if (key := day.isoformat()) in each.weeks]),
        )
        for day in mondays
        if day.isoformat() >= first
    ]


def _kinds(judged: Sequence[Judging]) -> tuple[Kind, ...]:
    names = sorted({kind for each in judged for kind in each.kinds})
    return tuple(
        Kind(name, _of_kind([each.kinds[name] for each in judged if name in each.kinds]))
        for name in names
    )


def _of_kind(pairs: Sequence[Sequence[int]]) -> Ratio:
    if len(pairs) < FEWEST_PEOPLE:
        return NOTHING
    return Ratio(sum(found for _, found in pairs), sum(shown for shown, _ in pairs), len(pairs))


def _sureness(judged: Sequence[Judging]) -> dict[Sureness, int]:
    """How many people are over-, well- or under-confident; empty for too few."""
    said = [each.sureness for each in judged if each.sureness is not Sureness.TOO_FEW]
    if len(said) < FEWEST_PEOPLE:
        return {}
    return {which: said.count(which) for which in Sureness if which is not Sureness.TOO_FEW}


def _minutes(judged: Sequence[Judging]) -> float | None:
    """Minutes spent on judging outputs, for each one that was rightly accepted."""
    with_work = [each.all for each in judged if each.all.outputs]
    summed = total(with_work)
    if len(with_work) < FEWEST_PEOPLE or not summed.accepted:
        return None
    return round(summed.seconds / 60 / summed.accepted, 1)


def _not_drawn(group: Sequence[Person]) -> int:
    """How many are in the group's figures and have no dot."""
    private = [person for person in group if not person.shares_progress]
    return sum(bool(person.figures.judged.all.outputs) for person in private)


def _dots(people: Sequence[Person]) -> Iterable[Dot]:
    for person in people:
        now = person.figures.judged.recent
        if person.shares_progress and now.planted and now.comments:
            yield Dot(
                person,
                round(100 * now.caught / now.planted),
                round(100 * now.false_alarms / now.comments),
            )
