"""Every figure of the overview, worked out once more from raw rows in another way, is equal."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import pytest

from countersign.common import clock
from countersign.insights.overview import Overview
from countersign.insights.services import cohort_view, refresh
from tests.cast import Cast
from tests.insights import raw
from tests.insights.judged import START, a_class

NOW = START + timedelta(days=7 * 7)


def seen(people: Cast, *, sharing: int, private: int) -> Overview:
    """A cohort of so many people as their employer sees it."""
    people.ada_place.delete()
    a_class(people, sharing=sharing, private=private, weeks=6)
    with clock.pretend(NOW):
        refresh(people.cohort)
        return cohort_view(people.cohort).overview


def test_figures_about_judging_are_those_of_the_raw_rows(people: Cast) -> None:
    view = seen(people, sharing=6, private=0)
    _the_start_and_now(people, view)
    _weeks(people, view)
    _kinds(people, view)
    _minutes(people, view)


def test_participation_and_scores_are_those_of_the_raw_rows(people: Cast) -> None:
    view = seen(people, sharing=5, private=5)
    _participation(people, view)
    _passes(people, view)
    _practice(people, view)
    _scores(people, view)


def _the_start_and_now(people: Cast, view: Overview) -> None:
    by_person = raw.firsts(raw.rows(people.cohort))
    assert view.oversight.people == len(by_person) == 6
    start = [row for mine in by_person.values() for row in mine[:2]]
    now = [row for mine in by_person.values() for row in mine[2:][-6:]]
    for name in ("found", "false_alarms", "bad_approved", "good_blocked", "sure_wrong"):
        for stretch, shares in ((start, view.oversight.start), (now, view.oversight.now)):
            ratio = getattr(shares, name)
            if ratio.people:
                part, whole = raw.share(stretch, name)
                assert (ratio.part, ratio.whole) == (part, whole), name
                assert ratio.share == raw.percent(part, whole)


def _weeks(people: Cast, view: Overview) -> None:
    weeks = defaultdict(list)
    for mine in raw.firsts(raw.rows(people.cohort)).values():
        for row in mine:
            weeks[row["at"].date() - timedelta(days=row["at"].weekday())].append(row)
    assert {week.starts_on for week in view.oversight.weeks} >= set(weeks)
    for week in view.oversight.weeks:
        for name in ("found", "false_alarms", "bad_approved"):
            ratio = getattr(week.shares, name)
            if ratio.people:
                assert (ratio.part, ratio.whole) == raw.share(weeks[week.starts_on], name)


def _kinds(people: Cast, view: Overview) -> None:
    shown: dict[str, list[bool]] = defaultdict(list)
    for mine in raw.firsts(raw.rows(people.cohort)).values():
        for row in mine:
            for defect in row["review"]["defects"]:
                shown[defect["category"]].append(defect["found"])
    assert {kind.name: (kind.ratio.part, kind.ratio.whole) for kind in view.oversight.kinds} == {
        kind: (sum(found), len(found)) for kind, found in shown.items()
    }


def _minutes(people: Cast, view: Overview) -> None:
    reviews = [row for mine in raw.firsts(raw.rows(people.cohort)).values() for row in mine]
    assert view.oversight.minutes == raw.minutes_per_accepted(reviews)


def _participation(people: Cast, view: Overview) -> None:
    found = raw.rows(people.cohort)
    active, passed = defaultdict(set), defaultdict(set)
    for row in found:
        week = row["at"].date() - timedelta(days=row["at"].weekday())
        active[week].add(row["who"])
        if row["status"] == "passed":
            passed[week].add((row["who"], row["exercise"]))
    for week in view.participation.weeks:
        assert week.active == len(active[week.starts_on])
        assert week.passed == len(passed[week.starts_on])
    last_week = {row["who"] for row in found if NOW - row["at"] <= timedelta(days=7)}
    assert view.active.count == len(last_week)


def _passes(people: Cast, view: Overview) -> None:
    found = raw.rows(people.cohort)
    by_person = raw.firsts(found)
    passed = [
        len({row["exercise"] for row in found if row["who"] == who and row["status"] == "passed"})
        for who in by_person
    ]
    assert view.passed.value == round(sum(passed) / len(passed), 1)
    first = [
        100 * sum(row["status"] == "passed" for row in mine) / len(mine)
        for mine in by_person.values()
    ]
    assert view.first_try.value == round(sum(first) / len(first))


def _practice(people: Cast, view: Overview) -> None:
    found = raw.rows(people.cohort)
    practice = {(r["who"], r["exercise"]) for r in found if r["engine"].startswith("practice")}
    everything = {(row["who"], row["exercise"]) for row in found}
    assert (view.practice.count, view.practice.graded) == (len(practice), len(everything))


def _estimate(tasks: list[dict[str, object]]) -> float:
    """A middling task's expected share under the response model, on a finer grid of its own."""
    from math import exp

    newest = max(row["at"] for row in tasks)  # type: ignore[type-var]
    weights = []
    for step in range(-6000, 6001, 60):
        ability = step / 1000
        chance = 0.02 + 0.96 / (1 + exp(-ability))
        likely = exp(-((ability / 1.5) ** 2) / 2)
        for row in tasks:
            age = (newest - row["at"]) / timedelta(days=180)  # type: ignore[operator]
            share, fresh = float(row["score"]) / 100, 0.5**age  # type: ignore[arg-type]
            likely *= chance ** (fresh * share) * (1 - chance) ** (fresh * (1 - share))
        weights.append((ability, likely))
    total = sum(likely for _, likely in weights)
    mean = sum(ability * likely for ability, likely in weights) / total
    return 100 / (1 + exp(-mean))


def _scores(people: Cast, view: Overview) -> None:
    """Each exercise was tried once, so that a task is a row."""
    by_person = raw.firsts(raw.rows(people.cohort))
    for growth in view.growth:
        mine = [
            [row for row in rows if row["aided"] is growth.aided] for rows in by_person.values()
        ]
        starts = [_estimate(rows[:3]) for rows in mine]
        nows = [_estimate(rows[3:]) for rows in mine]
        assert growth.people == len(by_person) == 10
        assert growth.start == pytest.approx(sum(starts) / len(by_person), abs=0.6)
        assert growth.now == pytest.approx(sum(nows) / len(by_person), abs=0.6)
        assert growth.below == sum(now < growth.target for now in nows)
    (competency,) = view.competencies
    for figure, aided in ((competency.aided, True), (competency.unaided, False)):
        scores = [
            _estimate([row for row in rows if row["aided"] is aided]) for rows in by_person.values()
        ]
        assert figure.value == pytest.approx(sum(scores) / len(by_person), abs=0.6)
