"""Tables that an employer takes away: their columns, and their rows of people and groups.

A row of a person is written for those who share their progress alone; a row of the group only
where figures may stand for it. Pure functions of the overview.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from countersign.insights.groups import Person, Whose
from countersign.insights.judging import Counts
from countersign.insights.oversight import Ratio, Shares
from countersign.insights.overview import Overview

GROUP = "(group)"
"""What stands in the name's place of a row that is about nobody alone."""

Cell = str | float | int | None


Cells = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """An export: its columns, the rows of one person (without the name), the rows of the group."""

    columns: tuple[str, ...]
    of_person: Callable[[Person, Overview], Iterator[Cells]]
    of_group: Callable[[Overview], Iterator[Cells]]


SKILLS_COLUMNS = (
    "name", "competency", "help", "score", "score_people", "start", "now", "start_and_now_people",
    "target",
)  # fmt: skip


def _skills(person: Person, view: Overview) -> Iterator[Cells]:
    """A row for each competency, with help allowed and without."""
    figures = person.figures
    for title in dict.fromkeys(each.title for each in view.growth):
        for helped, scores, grown in (
            ("allowed", figures.skills, figures.grown),
            ("none", figures.unaided, figures.grown_unaided),
        ):
            start, now = grown.get(title, (None, None))
            yield (title, helped, scores.get(title), 1, start, now, 1, None)


def _skills_of_group(view: Overview) -> Iterator[Cells]:
    """A row for each competency: averages, with the target."""
    averages = {each.title: each for each in view.competencies}
    for each in view.growth:
        average = averages[each.title].aided if each.aided else averages[each.title].unaided
        helped = "allowed" if each.aided else "none"
        if each.people or average.people:
            yield (
                each.title, helped, average.value, average.people, each.start, each.now,
                each.people, each.target,
            )  # fmt: skip


OVERSIGHT_COLUMNS = (
    "name", "period", "people", "outputs", "planted", "found", "comments", "false_alarms",
    "flawed", "bad_approved", "clean", "good_blocked", "certain", "certain_and_wrong",
)  # fmt: skip


def _oversight(person: Person, view: Overview) -> Iterator[Cells]:
    """A row for the start, for now, and for each week."""
    judged = person.figures.judged
    yield ("start", 1, *_counts(judged.start))
    yield ("now", 1, *_counts(judged.now))
    for day, counts in sorted(judged.weeks.items()):
        yield (f"week {day}", 1, *_counts(counts))


def _counts(counts: Counts) -> tuple[int, ...]:
    return (
        counts.outputs, counts.planted, counts.caught, counts.comments, counts.false_alarms,
        counts.flawed, counts.approved, counts.clean, counts.blocked, counts.certain,
        counts.certain_wrong,
    )  # fmt: skip


def _oversight_of_group(overview: Overview) -> Iterator[Cells]:
    """The same for the group; empty where a share stands for too few."""
    view = overview.oversight
    if view.whose is Whose.TOO_FEW:
        return
    periods = [("start", view.start), ("now", view.now)]
    periods += [(f"week {week.starts_on}", week.shares) for week in view.weeks]
    for period, shares in periods:
        yield (period, _most(shares), None, *_shares(shares))


def _most(shares: Shares) -> int | None:
    people = max(each.people for each in _ratios(shares))
    return people or None


def _ratios(shares: Shares) -> tuple[Ratio, ...]:
    return (
        shares.found, shares.false_alarms, shares.bad_approved, shares.good_blocked,
        shares.sure_wrong,
    )  # fmt: skip


def _shares(shares: Shares) -> Iterator[Cell]:
    for ratio in _ratios(shares):
        yield ratio.whole or None
        yield ratio.part if ratio.whole else None


COMPLETION_COLUMNS = (
    "name", "people", "exercises", "passed", "passed_at_first_try", "tried", "submissions",
    "last_active", "on_pace",
)  # fmt: skip


def _completion(person: Person, view: Overview) -> Iterator[Cells]:
    """One row."""
    figures = person.figures
    on_pace = None if view.expected is None else figures.passed >= view.expected - 1
    yield (
        1, view.exercises, figures.passed, figures.passed_first, figures.tried,
        figures.submissions, figures.last_active, None if on_pace is None else int(on_pace),
    )  # fmt: skip


def _completion_of_group(view: Overview) -> Iterator[Cells]:
    """Averages, and how many are on pace."""
    if view.passed.value is None:
        return
    on_pace = view.on_pace.count if view.on_pace else None
    yield (
        view.passed.people, view.exercises, view.passed.value, None, None, None, None, on_pace,
    )  # fmt: skip


TABLES: Mapping[str, Table] = {
    "skills": Table(SKILLS_COLUMNS, _skills, _skills_of_group),
    "oversight": Table(OVERSIGHT_COLUMNS, _oversight, _oversight_of_group),
    "completion": Table(COMPLETION_COLUMNS, _completion, _completion_of_group),
}
"""What can be taken away, by the kind of export."""
