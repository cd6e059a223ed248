"""Joining a cohort by its link, and choosing what to share."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment, Invitation, Sharing
from countersign.cohorts.services import invite, withdraw_invitation
from countersign.common import clock
from tests.cast import Cast


@pytest.fixture(autouse=True)
def nobody_asked_yet() -> None:
    cache.clear()


@pytest.fixture
def link(people: Cast) -> str:
    """The joining link of Ben's cohort."""
    return f"/join/{invite(cohort=people.cohort, actor=people.ben)}/"


def place(people: Cast, user: User) -> Enrolment | None:
    found: Enrolment | None = (
        Enrolment.objects.unscoped().filter(cohort=people.cohort, learner=user).first()
    )
    return found


def join(client: Client, link: str, sharing: str = "participation", **more: str) -> Any:
    return client.post(link, {"sharing": sharing, **more})


def test_the_page_says_what_is_joined_and_who_runs_it(
    client: Client, people: Cast, link: str
) -> None:
    page = client.get(link).content.decode()
    for words in ("Autumn intake", "Northgate Facilities", "Ben", "Just enough Python"):
        assert words in page


def test_the_least_is_chosen_unless_the_learner_chooses_more(
    client: Client, people: Cast, link: str
) -> None:
    page = client.get(link).content.decode()
    assert 'value="participation" id="sharing" checked' in page
    assert len(re.findall(r"name=\"sharing\"[^>]* checked", page)) == 1


def test_looking_at_an_invitation_uses_nothing_up(client: Client, people: Cast, link: str) -> None:
    client.force_login(people.zoe)
    client.get(link)
    assert Invitation.objects.unscoped().get().uses == 0
    assert place(people, people.zoe) is None


def test_someone_signed_in_joins_with_one_press(client: Client, people: Cast, link: str) -> None:
    client.force_login(people.zoe)
    join(client, link, "progress")
    found = place(people, people.zoe)
    assert found
    assert found.sharing == Sharing.PROGRESS
    assert [choice.method for choice in found.choices.all()] == ["join"]


def test_someone_new_makes_an_account_on_the_way_and_confirms(
    client: Client, people: Cast, link: str
) -> None:
    answer = join(client, link, "progress", account="new")
    assert answer["Location"].startswith("/sign-up/?next=")
    person = {"name": "Nia", "email": "nia@example.org", "password1": "paper boat in june"}
    answer = client.post(answer["Location"], person | {"next": link})
    assert answer["Location"] == link
    page = client.get(link).content.decode()
    assert 'value="progress" checked' in page
    nia = User.objects.get(email="nia@example.org")
    assert place(people, nia) is None
    join(client, link, "progress")
    found = place(people, nia)
    assert found
    assert found.sharing == Sharing.PROGRESS


def test_someone_who_has_an_account_signs_in_on_the_way(
    client: Client, people: Cast, link: str
) -> None:
    assert join(client, link, account="have")["Location"].startswith("/sign-in/?next=")


def test_joining_twice_is_joining_once(client: Client, people: Cast, link: str) -> None:
    client.force_login(people.zoe)
    join(client, link)
    assert "You’re in Autumn intake" in client.get(link).content.decode()
    join(client, link, "work")
    found = place(people, people.zoe)
    assert found
    assert found.sharing == Sharing.WORK
    assert Invitation.objects.unscoped().get().uses == 1


@pytest.mark.parametrize("words", ["", "everything"])
def test_without_a_choice_nobody_joins(client: Client, people: Cast, link: str, words: str) -> None:
    client.force_login(people.zoe)
    answer = join(client, link, words)
    assert answer.status_code == 422
    assert "Choose one of the three." in answer.content.decode()
    assert place(people, people.zoe) is None


def closed(client: Client, link: str) -> bool:
    looked, pressed = client.get(link), join(client, link)
    words = "This invitation is closed"
    return all(
        answer.status_code == 404 and words in answer.content.decode()
        for answer in (looked, pressed)
    )


def test_an_unknown_link_is_closed(client: Client, people: Cast) -> None:
    client.force_login(people.zoe)
    assert closed(client, "/join/join_nothing/")


def test_an_invitation_that_ran_out_is_closed(client: Client, people: Cast) -> None:
    token = invite(cohort=people.cohort, actor=people.ben, lifetime=timedelta(days=1))
    client.force_login(people.zoe)
    with clock.pretend(clock.now() + timedelta(days=2)):
        assert closed(client, f"/join/{token}/")


def test_a_withdrawn_invitation_is_closed(client: Client, people: Cast, link: str) -> None:
    withdraw_invitation(invitation=Invitation.objects.unscoped().get(), actor=people.ben)
    client.force_login(people.zoe)
    assert closed(client, link)


def test_an_invitation_that_is_used_up_is_closed(client: Client, people: Cast) -> None:
    token = invite(cohort=people.cohort, actor=people.ben, most_uses=1)
    client.force_login(people.zoe)
    join(client, f"/join/{token}/")
    client.force_login(people.olu)
    assert closed(client, f"/join/{token}/")
    assert place(people, people.olu) is None
