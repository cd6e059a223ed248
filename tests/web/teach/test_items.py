"""Item analysis as an instructor reads it."""

from __future__ import annotations

import pytest
from django.test import Client

from countersign.cohorts.services import enrol
from countersign.events import outbox
from countersign.insights import services as insights
from tests.cast import Cast, person
from tests.work import CANARY, graded


def tried_by(people: Cast, many: int) -> None:
    for number in range(many):
        place = enrol(cohort=people.cohort, learner=person(f"Learner{number}"))
        graded(place, people.version, 50.0 if number % 2 else 100.0)
    insights.work_out(people.northgate)


def test_before_the_first_working_out_the_table_says_so(people: Cast, client: Client) -> None:
    client.force_login(people.ben)
    assert "Not worked out yet" in client.get("/teach/items/").content.decode()
    insights.work_out(people.northgate)
    assert "Nobody has tried an exercise yet" in client.get("/teach/items/").content.decode()


@pytest.mark.parametrize(("many", "said"), [(9, "too few to say"), (10, "50%"), (30, "50%")])
def test_figures_are_hidden_under_ten_and_have_an_interval_under_thirty(
    people: Cast, client: Client, many: int, said: str
) -> None:
    tried_by(people, many)
    client.force_login(people.ben)
    page = client.get("/teach/items/").content.decode()
    assert said in page
    assert ("24 to 76%" in page) is (many == 10)
    one = client.get(f"/teach/exercises/{people.version.exercise_id}/results/").content.decode()
    assert ("Too few to say" in one) is (many == 9)
    assert ("Children up to 12 pay 5." in one) is (many != 9)
    assert CANARY not in one + page


def test_one_item_can_be_read_by_version_and_cohort(people: Cast, client: Client) -> None:
    tried_by(people, 10)
    client.force_login(people.ben)
    address = f"/teach/exercises/{people.version.exercise_id}/results/"
    for scope in ("all", "version:1", f"cohort:{people.cohort.pk}"):
        assert client.get(address, {"scope": scope}).context["figures"].learners == 10
    for scope in ("version:2", f"cohort:{people.other_cohort.pk}", "x"):
        assert client.get(address, {"scope": scope}).status_code == 404


def test_another_organisations_items_are_not_there(people: Cast, client: Client) -> None:
    tried_by(people, 10)
    client.force_login(people.nur)
    assert client.get("/teach/items/", {"org": str(people.northgate.pk)}).status_code == 404
    assert client.post("/teach/items/anew/", {"org": str(people.northgate.pk)}).status_code == 404
    address = f"/teach/exercises/{people.version.exercise_id}/results/"
    assert client.get(address).context["figures"].learners == 0


def test_the_figures_can_be_asked_for_now(people: Cast, client: Client) -> None:
    graded(people.ada_place, people.version)
    client.force_login(people.ben)
    client.post("/teach/items/anew/", {"org": str(people.northgate.pk)})
    while outbox.deliver():
        pass
    assert "Ticket price" in client.get("/teach/items/").content.decode()
