"""How exercises do."""

from __future__ import annotations

from django.test import Client

from countersign.cohorts.services import enrol
from tests.cast import Cast, person
from tests.work import graded


def _tried_by(people: Cast, many: int, *, score: float = 50.0) -> None:
    for number in range(many):
        place = enrol(cohort=people.cohort, learner=person(f"Learner{number}"))
        graded(place, people.version, score)


def test_shares_are_hidden_under_ten_first_tries(people: Cast, client: Client) -> None:
    _tried_by(people, 9)
    client.force_login(people.ben)
    page = client.get("/teach/exercises/").content.decode()
    assert "too few to say" in page
    assert "missed it" not in page


def test_from_ten_first_tries_on_the_table_says_what_goes_wrong(
    people: Cast, client: Client
) -> None:
    _tried_by(people, 10)
    client.force_login(people.ben)
    page = client.get("/teach/exercises/").content.decode()
    assert "Children up to 12 pay 5." in page
    assert "100% missed it" in page


def test_the_results_of_an_exercise_count_ones_own_cohorts_only(
    people: Cast, client: Client
) -> None:
    graded(people.ada_place, people.version)
    graded(people.zoe_place, people.version)
    client.force_login(people.ben)
    page = client.get(f"/teach/exercises/{people.version.exercise_id}/")
    assert page.context["figures"].learners == 1
