"""Items are worked out in the background, for one organisation at a time, and stamped."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from countersign.cohorts.services import enrol
from countersign.common import clock
from countersign.events import outbox
from countersign.insights import services as insights
from countersign.insights.models import ItemAnalysis, ItemSnapshot
from countersign.insights.services import item_analysis
from tests.cast import Cast, person
from tests.work import graded


def tried_by(people: Cast, many: int) -> None:
    for number in range(many):
        place = enrol(cohort=people.cohort, learner=person(f"Learner{number}"))
        graded(place, people.version, 100.0 if number % 2 else 50.0)


def told() -> None:
    while outbox.deliver():
        pass


@pytest.fixture(autouse=True)
def a_fresh_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(item_analysis, "_looked_at", None)


def looked_again(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(item_analysis, "_looked_at", None)
    return insights.look_for_due()


def test_new_results_are_worked_out_by_whoever_delivers_events(people: Cast) -> None:
    tried_by(people, 10)
    graded(people.zoe_place, people.version)

    assert insights.look_for_due() == 2, "each organisation for itself"
    told()

    figures = insights.item_of(people.northgate, people.version.exercise_id, viewer=people.ben)
    assert figures is not None
    assert figures.solved is not None
    assert (figures.learners, figures.solved.many) == (10, 5)
    assert figures.wrong == (("rule:Children up to 12 pay 5.", 5),)
    assert insights.computed_at(people.northgate) is not None


def test_it_is_not_asked_for_again_until_something_changed_and_a_while_has_passed(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    graded(people.ada_place, people.version)
    assert insights.look_for_due() == 1
    assert insights.look_for_due() == 0, "looked just now"
    told()
    assert looked_again(monkeypatch) == 0, "nothing changed"
    graded(people.ada_place, people.version)
    assert looked_again(monkeypatch) == 0, "too soon"
    later = clock.now() + item_analysis.EVERY + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert looked_again(monkeypatch) == 1


def test_working_out_twice_gives_the_same(people: Cast) -> None:
    tried_by(people, 10)

    def rows() -> list[Any]:
        found = ItemSnapshot.objects.unscoped().order_by("scope")
        return list(found.values_list("exercise", "scope", "figures"))

    insights.work_out(people.northgate)
    first = rows()
    insights.work_out(people.northgate)

    assert rows() == first
    assert [scope for _, scope, _ in first] == [
        "all", f"cohort:{people.cohort.pk}", "version:1",
    ]  # fmt: skip
    assert ItemAnalysis.objects.count() == 1


def test_only_those_who_teach_there_see_an_organisations_items(people: Cast) -> None:
    tried_by(people, 10)
    insights.work_out(people.northgate)
    exercise = people.version.exercise_id
    for stranger in (people.nur, people.eve, people.ada, people.olu):
        assert insights.item_of(people.northgate, exercise, viewer=stranger) is None
    assert insights.taught_organisations(people.eve) == []


def test_what_instructors_try_out_says_nothing_about_an_item(people: Cast) -> None:
    tried_by(people, 10)
    graded(enrol(cohort=people.cohort, learner=people.ben), people.version, 50.0)
    insights.work_out(people.northgate)
    figures = insights.item_of(people.northgate, people.version.exercise_id, viewer=people.ben)
    assert figures is not None
    assert figures.learners == 10
