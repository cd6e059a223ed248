"""Joining links: shown once, withdrawn for good."""

from __future__ import annotations

import re

from django.test import Client

from countersign.cohorts.models import Invitation
from countersign.cohorts.services import InvitationClosed, find_invitation, invite
from tests.cast import Cast


def _links(people: Cast) -> str:
    return f"/teach/cohorts/{people.cohort.pk}/links/"


def test_a_new_link_works_and_is_shown_only_once(people: Cast, client: Client) -> None:
    client.force_login(people.ben)
    page = client.post(_links(people), {"days": "7", "most_uses": "3"}).content.decode()
    found = re.search(r"/join/(join_[\w-]+)/", page)
    assert found
    assert find_invitation(found[1]).most_uses == 3
    assert found[1] not in client.get(_links(people)).content.decode()


def test_a_link_for_nobody_is_refused_in_words(people: Cast, client: Client) -> None:
    client.force_login(people.ben)
    answer = client.post(_links(people), {"days": "7", "most_uses": "0"})
    assert answer.status_code == 422
    assert not Invitation.objects.visible_to(people.ben).exists()


def test_a_withdrawn_link_opens_nothing(people: Cast, client: Client) -> None:
    token = invite(cohort=people.cohort, actor=people.ben)
    link = Invitation.objects.visible_to(people.ben).get()
    client.force_login(people.ben)
    client.post(f"{_links(people)}{link.pk}/withdraw/")
    try:
        find_invitation(token)
    except InvitationClosed:
        return
    raise AssertionError("the link still opens")


def test_nobody_withdraws_another_organisations_link(people: Cast, client: Client) -> None:
    token = invite(cohort=people.other_cohort, actor=people.ben)
    link = people.other_cohort.invitations.get()
    client.force_login(people.ben)
    assert client.post(f"{_links(people)}{link.pk}/withdraw/").status_code == 404
    assert find_invitation(token)
