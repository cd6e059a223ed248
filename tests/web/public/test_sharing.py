"""What one shares: seen, changed and withdrawn by oneself alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from countersign import audit
from countersign.cohorts.models import Enrolment, Sharing
from countersign.cohorts.services import open_place
from countersign.insights.services import employer_view
from tests.cast import Cast


@pytest.fixture
def ada(client: Client, people: Cast) -> Client:
    client.force_login(people.ada)
    return client


def choose(client: Client, place: Enrolment, level: str) -> Any:
    return client.post(f"/me/sharing/{place.pk}/", {"sharing": level}, follow=True)


def level(place: Enrolment) -> str:
    return str(Enrolment.objects.unscoped().get(pk=place.pk).sharing)


def test_the_page_shows_what_holds_now(ada: Client, people: Cast) -> None:
    page = ada.get("/me/sharing/").content.decode()
    assert "Autumn intake" in page
    assert 'value="participation"' in page
    assert "Nobody so far." in page


def test_a_change_holds_for_the_employer_s_next_page(ada: Client, people: Cast) -> None:
    assert not employer_view(people.cohort, viewer=people.eve).overview.named
    choose(ada, people.ada_place, "progress")
    [named] = employer_view(people.cohort, viewer=people.eve).overview.named
    assert named.name == "Ada"
    choose(ada, people.ada_place, "participation")
    assert not employer_view(people.cohort, viewer=people.eve).overview.named


def test_every_choice_is_kept_with_its_wording(ada: Client, people: Cast) -> None:
    choose(ada, people.ada_place, "work")
    newest = people.ada_place.choices.first()
    assert newest
    assert (newest.level, newest.method) == (Sharing.WORK, "sharing_page")
    assert newest.wording_version


def test_choosing_the_same_again_adds_nothing(ada: Client, people: Cast) -> None:
    before = people.ada_place.choices.count()
    choose(ada, people.ada_place, "participation")
    assert people.ada_place.choices.count() == before


def test_words_that_are_no_choice_change_nothing(ada: Client, people: Cast) -> None:
    page = choose(ada, people.ada_place, "everything").content.decode()
    assert "Nothing was changed" in page
    assert level(people.ada_place) == "participation"


@pytest.mark.parametrize("who", ["ben", "eve", "olu", "zoe"])
def test_nobody_else_can_choose_for_a_learner(client: Client, people: Cast, who: str) -> None:
    client.force_login(getattr(people, who))
    assert choose(client, people.ada_place, "work").status_code == 404
    assert level(people.ada_place) == "participation"


def test_a_learner_sees_who_looked(ada: Client, people: Cast) -> None:
    employer_view(people.cohort, viewer=people.eve)
    employer_view(people.cohort, viewer=people.eve)
    audit.record(
        audit.Action.PERSON_VIEWED,
        actor=people.ben,
        organisation=people.northgate.pk,
        thing=people.ada_place,
    )
    page = ada.get("/me/sharing/").content.decode()
    assert "Eve: the cohort’s overview, 2 times" in page
    assert "Ben: your record, once" in page


def test_looks_at_other_cohorts_are_not_shown(ada: Client, people: Cast) -> None:
    employer_view(people.other_cohort, viewer=people.eve)
    audit.record(
        audit.Action.PERSON_VIEWED,
        actor=people.ben,
        organisation=people.northgate.pk,
        thing=people.zoe_place,
    )
    assert "Nobody so far." in ada.get("/me/sharing/").content.decode()


def test_open_courses_have_no_employer_to_share_with(client: Client, people: Cast) -> None:
    client.force_login(people.olu)
    open_place(people.olu)
    assert "No employer sees anything of yours" in client.get("/me/sharing/").content.decode()
