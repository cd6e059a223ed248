"""Targets, suggested practice, the switch, and who may not see any of it."""

from __future__ import annotations

import pytest
from django.test import Client

from countersign.cohorts.models import Sharing
from countersign.cohorts.services import choose_sharing, enrol
from countersign.courses.models import Skill
from countersign.events import outbox
from countersign.insights.models import Assignment, TargetChoice, targets_of
from countersign.insights.targets import Role
from tests.cast import Cast, person
from tests.work import graded

LEVELS = {"level-interpret-outputs": "80", "found": "75", "false_alarms": "10"}


@pytest.fixture
def eve(client: Client, people: Cast) -> Client:
    client.force_login(people.eve)
    return client


@pytest.fixture(autouse=True)
def skill(db: None) -> None:
    Skill.objects.update_or_create(
        pk="read.trace",
        defaults={"competency": "Interpret outputs", "title": "x", "evidence": "", "position": 1},
    )


def _at(people: Cast, page: str) -> str:
    return f"/org/{people.cohort.pk}/{page}"


def _practice(people: Cast) -> str:
    return _at(people, f"people/{people.ada_place.pk}/practice/?skill=Interpret outputs")


def test_targets_hold_from_the_next_look_on(people: Cast, eve: Client) -> None:
    eve.post(_at(people, "targets/"), LEVELS)
    chosen = targets_of(people.cohort)
    assert (chosen.of("Interpret outputs"), chosen.found, chosen.false_alarms) == (80, 75, 10)
    assert chosen.role is Role.OWN


def test_a_role_fills_the_form_and_saves_nothing(people: Cast, eve: Client) -> None:
    page = eve.get(_at(people, "targets/?role=checker")).content.decode()
    assert "not saved yet" in page
    assert not TargetChoice.objects.visible_to(people.eve).exists()


@pytest.mark.parametrize(
    "wrong", [{"found": "101"}, {"level-interpret-outputs": "51"}, {"found": ""}]
)
def test_a_target_that_is_none_is_refused_and_nothing_is_saved(
    people: Cast, eve: Client, wrong: dict[str, str]
) -> None:
    answer = eve.post(_at(people, "targets/"), LEVELS | wrong)
    assert answer.status_code == 422
    assert "Nothing was saved" in answer.content.decode()
    assert not TargetChoice.objects.visible_to(people.eve).exists()


def test_suggested_practice_waits_on_the_learners_home(people: Cast, eve: Client) -> None:
    choose_sharing(enrolment=people.ada_place, level=Sharing.PROGRESS, method="test")
    eve.post(_practice(people), {"skill": "Interpret outputs", "help": "allowed"})
    eve.force_login(people.ada)
    page = eve.get("/learn/").content.decode()
    assert "suggested by Northgate Facilities" in page


def test_a_learner_puts_a_suggestion_aside(people: Cast, eve: Client) -> None:
    choose_sharing(enrolment=people.ada_place, level=Sharing.PROGRESS, method="test")
    eve.post(_practice(people), {"skill": "Interpret outputs", "help": "allowed"})
    (assignment,) = Assignment.objects.visible_to(people.ada)
    eve.force_login(people.ada)
    eve.post(f"/learn/suggested/{assignment.pk}/aside/")
    assert "suggested by" not in eve.get("/learn/").content.decode()


def test_a_suggestion_of_somebody_else_cannot_be_put_aside(people: Cast, eve: Client) -> None:
    choose_sharing(enrolment=people.ada_place, level=Sharing.PROGRESS, method="test")
    eve.post(_practice(people), {"skill": "Interpret outputs", "help": "allowed"})
    (assignment,) = Assignment.objects.visible_to(people.ada)
    eve.force_login(people.zoe)
    assert eve.post(f"/learn/suggested/{assignment.pk}/aside/").status_code == 404


def test_nobody_is_given_practice_who_does_not_share(people: Cast, eve: Client) -> None:
    answer = eve.post(_practice(people), {"skill": "Interpret outputs", "help": "allowed"})
    assert answer.status_code == 403
    assert not Assignment.objects.visible_to(people.ada).exists()


def test_an_exercise_that_was_passed_is_not_suggested(people: Cast, eve: Client) -> None:
    choose_sharing(enrolment=people.ada_place, level=Sharing.PROGRESS, method="test")
    graded(people.ada_place, people.version, 100.0)
    assert "Nothing left to suggest" in eve.get(_practice(people)).content.decode()


@pytest.mark.parametrize("page", ["people/", "skills/", "oversight/"])
def test_people_who_do_not_share_are_named_on_no_page(people: Cast, eve: Client, page: str) -> None:
    for number in range(6):
        learner = person(f"Sharing{number}")
        place = enrol(cohort=people.cohort, learner=learner, sharing=Sharing.PROGRESS)
        graded(place, people.version, 100.0)
    graded(people.ada_place, people.version, 100.0)
    outbox.deliver()
    text = eve.get(_at(people, page)).content.decode()
    assert "Ada" not in text
    assert str(people.ada_place.pk) not in text


def test_people_are_found_by_a_part_of_their_name(people: Cast, eve: Client) -> None:
    for name in ("Amara", "Callum"):
        enrol(cohort=people.cohort, learner=person(name), sharing=Sharing.PROGRESS)
    page = eve.get(_at(people, "people/?q=mar")).content.decode()
    assert "Amara" in page
    assert "Callum" not in page
