"""Joining a cohort, and choosing what to share."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from countersign.cohorts.models import Enrolment, Invitation, Sharing, SharingChoice
from countersign.cohorts.services import (
    InvitationClosed,
    choose_sharing,
    end_enrolment,
    invite,
    join,
    open_place,
    withdraw_invitation,
)
from countersign.common import clock
from countersign.organisations.permissions import Permission, can
from tests.cast import Cast, person


def test_an_invitation_gives_a_place(people: Cast) -> None:
    token = invite(cohort=people.cohort, actor=people.ben)
    mina = person("Mina")
    place = join(token=token, learner=mina, sharing=Sharing.PROGRESS)
    assert place.sharing == Sharing.PROGRESS
    assert can(mina, Permission.STUDY, people.northgate)


def test_only_the_digest_of_a_token_is_stored(people: Cast) -> None:
    token = invite(cohort=people.cohort, actor=people.ben)
    assert token not in str(list(Invitation.objects.unscoped().values()))


@pytest.mark.parametrize("token", ["", "join_nothing", "x" * 500])
def test_a_token_nobody_made_opens_nothing(people: Cast, token: str) -> None:
    with pytest.raises(InvitationClosed):
        join(token=token, learner=people.zoe, sharing=Sharing.PARTICIPATION)


def test_an_old_invitation_is_closed(people: Cast) -> None:
    token = invite(cohort=people.cohort, actor=people.ben, lifetime=timedelta(days=1))
    with clock.pretend(clock.now() + timedelta(days=2)), pytest.raises(InvitationClosed):
        join(token=token, learner=people.zoe, sharing=Sharing.PARTICIPATION)


def test_a_withdrawn_invitation_is_closed(people: Cast) -> None:
    token = invite(cohort=people.cohort, actor=people.ben)
    withdraw_invitation(invitation=Invitation.objects.unscoped().get(), actor=people.ben)
    with pytest.raises(InvitationClosed):
        join(token=token, learner=people.zoe, sharing=Sharing.PARTICIPATION)


def test_an_invitation_for_one_lets_one_in(people: Cast) -> None:
    token = invite(cohort=people.cohort, actor=people.ben, most_uses=1)
    join(token=token, learner=person("Mina"), sharing=Sharing.PARTICIPATION)
    with pytest.raises(InvitationClosed):
        join(token=token, learner=person("Noor"), sharing=Sharing.PARTICIPATION)


def test_joining_again_keeps_the_place_and_uses_nothing_up(people: Cast) -> None:
    token = invite(cohort=people.cohort, actor=people.ben, most_uses=2)
    place = join(token=token, learner=people.zoe, sharing=Sharing.PARTICIPATION)
    again = join(token=token, learner=people.zoe, sharing=Sharing.WORK)
    assert again == place
    assert Invitation.objects.unscoped().get().uses == 1
    assert Enrolment.objects.unscoped().get(pk=place.pk).sharing == Sharing.WORK


def test_what_is_shared_by_default_is_taking_part_only(people: Cast) -> None:
    assert people.ada_place.sharing == Sharing.PARTICIPATION


def test_each_choice_is_kept_with_its_wording(people: Cast) -> None:
    choose_sharing(enrolment=people.ada_place, level=Sharing.WORK, method="sharing_page")
    choose_sharing(enrolment=people.ada_place, level=Sharing.PROGRESS, method="sharing_page")
    levels = [choice.level for choice in people.ada_place.choices.order_by("made_at")]
    assert levels == [Sharing.PARTICIPATION, Sharing.WORK, Sharing.PROGRESS]
    assert all(choice.wording_version for choice in people.ada_place.choices.all())


def test_the_database_refuses_to_change_a_choice(people: Cast) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        SharingChoice.objects.update(level=Sharing.WORK)


def test_a_place_that_ended_can_be_taken_again(people: Cast) -> None:
    end_enrolment(enrolment=people.ada_place, actor=people.ben)
    token = invite(cohort=people.cohort, actor=people.ben)
    place = join(token=token, learner=people.ada, sharing=Sharing.PARTICIPATION)
    assert place == people.ada_place
    assert place.ended_at is None


def test_anyone_may_learn_in_the_open_cohort(people: Cast) -> None:
    place = open_place(people.zoe)
    assert open_place(people.zoe) == place
    assert place.cohort.organisation.is_open
