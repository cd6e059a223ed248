"""What is done with cohorts: invite, join, share, leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from countersign import audit
from countersign.accounts.models import User, digest, new_secret
from countersign.cohorts.events import PersonInvited
from countersign.cohorts.models import (
    WORDING_VERSION,
    Cohort,
    Enrolment,
    Invitation,
    Sharing,
    SharingChoice,
)
from countersign.cohorts.people_file import Row, rows_of
from countersign.common import clock
from countersign.courses.models import Release
from countersign.events import outbox
from countersign.organisations.models import Organisation, Role
from countersign.organisations.services import give_role, open_organisation

INVITATION_LIFETIME = timedelta(days=30)
OPEN_COHORT = "Everyone"


class InvitationClosed(Exception):
    """The invitation doesn't exist, has run out, is used up or was withdrawn."""


class NothingReleased(Exception):
    """There is no curriculum yet: run ``manage.py sync_curriculum``."""


def current_release() -> Release:
    """The newest release, or NothingReleased."""
    release = Release.objects.current()
    if release is None:
        raise NothingReleased
    return release


@transaction.atomic
def make_cohort(
    *,
    organisation: Organisation,
    name: str,
    actor: User | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Cohort:
    """Make a cohort on the newest release."""
    cohort = Cohort.objects.create(
        organisation=organisation,
        name=name,
        release=current_release(),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    audit.record(audit.Action.COHORT_MADE, actor=actor, organisation=organisation.pk, thing=cohort)
    return cohort


@transaction.atomic
def invite(
    *,
    cohort: Cohort,
    actor: User,
    lifetime: timedelta = INVITATION_LIFETIME,
    most_uses: int | None = None,
) -> str:
    """Make a joining link's token. The answer is the only time it is readable."""
    token = new_secret("join")
    invitation = Invitation.objects.create(
        cohort=cohort,
        digest=digest(token),
        made_by=actor,
        expires_at=clock.now() + lifetime,
        most_uses=most_uses,
    )
    audit.record(
        audit.Action.INVITATION_MADE,
        actor=actor,
        organisation=cohort.organisation_id,
        thing=invitation,
    )
    return token


def rows_to_invite(cohort: Cohort, text: str) -> list[Row]:
    """Whom a list names, each with what is in the way of inviting them. Raises Unreadable."""
    placed = cohort.enrolments.filter(ended_at=None).values_list("learner__email", flat=True)
    usable = cohort.invitations.usable().exclude(email="")
    invited = usable.values_list("email", flat=True)
    return rows_of(
        text, placed={each.lower() for each in placed}, invited={each.lower() for each in invited}
    )


@transaction.atomic
def invite_people(*, cohort: Cohort, actor: User, rows: Sequence[Row]) -> int:
    """Invite everyone whose row has no problem, each by a link of their own that works once. The
    messages go out by and by. Answers how many were invited."""
    wanted = [row for row in rows if not row.problem]
    for row in wanted:
        invitation = Invitation(
            cohort=cohort,
            made_by=actor,
            expires_at=clock.now() + INVITATION_LIFETIME,
            most_uses=1,
            email=row.email,
            name=row.name,
        )
        invitation.digest = digest(personal_token(invitation))
        invitation.save()
        outbox.publish(PersonInvited(invitation=invitation.pk))
    if wanted:
        audit.record(
            audit.Action.PEOPLE_INVITED,
            actor=actor,
            organisation=cohort.organisation_id,
            thing=cohort,
            people=len(wanted),
        )
    return len(wanted)


def personal_token(invitation: Invitation) -> str:
    """The token of a link that goes out by e-mail. It is made anew from the site's secret each
    time, so that a message can be sent again and the token is stored nowhere."""
    made = salted_hmac("countersign.invitation", str(invitation.pk), algorithm="sha256")
    return f"join_{made.hexdigest()}"


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, actor: User) -> None:
    """Close a joining link. Doing it twice is the same as once."""
    open_ones = Invitation.objects.unscoped().filter(pk=invitation.pk, revoked_at=None)
    if open_ones.update(revoked_at=clock.now()):
        audit.record(
            audit.Action.INVITATION_REVOKED,
            actor=actor,
            organisation=invitation.cohort.organisation_id,
            thing=invitation,
        )


def find_invitation(token: str) -> Invitation:
    """The usable invitation of this token, or InvitationClosed. Doesn't use it up."""
    found = (
        Invitation.objects.unscoped()
        .usable()
        .filter(digest=digest(token))
        .select_related("cohort__organisation")
        .first()
    )
    if found is None:
        raise InvitationClosed
    invitation: Invitation = found
    return invitation


@transaction.atomic
def join(*, token: str, learner: User, sharing: Sharing) -> Enrolment:
    """Take an invitation up. Joining again updates the sharing choice and uses nothing up."""
    invitation = find_invitation(token)
    known = (
        Enrolment.objects.unscoped().of(learner).current().filter(cohort=invitation.cohort).first()
    )
    if known is None and not _use(invitation):
        raise InvitationClosed
    return enrol(cohort=invitation.cohort, learner=learner, sharing=sharing)


def _use(invitation: Invitation) -> bool:
    rows = Invitation.objects.unscoped().usable().filter(pk=invitation.pk)
    return bool(rows.update(uses=F("uses") + 1))


@transaction.atomic
def enrol(
    *,
    cohort: Cohort,
    learner: User,
    sharing: Sharing = Sharing.PARTICIPATION,
    method: str = "join",
) -> Enrolment:
    """Give a person a place. A place that had ended is opened again."""
    enrolment: Enrolment
    enrolment, made = Enrolment.objects.unscoped().get_or_create(cohort=cohort, learner=learner)
    if enrolment.ended_at is not None:
        Enrolment.objects.unscoped().filter(pk=enrolment.pk).update(ended_at=None)
        enrolment.ended_at = None
    give_role(organisation=cohort.organisation, user=learner, role=Role.LEARNER)
    if made:
        audit.record(
            audit.Action.COHORT_JOINED,
            actor=learner,
            organisation=cohort.organisation_id,
            thing=enrolment,
        )
    choose_sharing(enrolment=enrolment, level=sharing, method=method)
    return enrolment


@transaction.atomic
def choose_sharing(*, enrolment: Enrolment, level: Sharing, method: str) -> SharingChoice:
    """Keep a learner's choice; it holds from the next query on. Only the learner calls this."""
    choice = SharingChoice.objects.create(
        enrolment=enrolment, level=level, wording_version=WORDING_VERSION, method=method
    )
    Enrolment.objects.unscoped().filter(pk=enrolment.pk).update(sharing=level)
    enrolment.sharing = level
    audit.record(
        audit.Action.SHARING_CHOSEN,
        actor=enrolment.learner,
        organisation=enrolment.cohort.organisation_id,
        thing=enrolment,
        level=level.value,
        wording=WORDING_VERSION,
    )
    return choice


@transaction.atomic
def end_enrolment(*, enrolment: Enrolment, actor: User) -> None:
    """End a place. The learner's work stays theirs."""
    rows = Enrolment.objects.unscoped().filter(pk=enrolment.pk, ended_at=None)
    if rows.update(ended_at=clock.now()):
        audit.record(
            audit.Action.ENROLMENT_ENDED,
            actor=actor,
            organisation=enrolment.cohort.organisation_id,
            thing=enrolment,
        )


@transaction.atomic
def reopen_enrolment(*, enrolment: Enrolment, actor: User) -> bool:
    """Give a place back that was ended, as it was. False: it is open, or the learner ended it
    themselves and has to say so themselves."""
    if not may_be_reopened(enrolment):
        return False
    Enrolment.objects.unscoped().filter(pk=enrolment.pk).update(ended_at=None)
    give_role(organisation=enrolment.cohort.organisation, user=enrolment.learner, role=Role.LEARNER)
    audit.record(
        audit.Action.ENROLMENT_REOPENED,
        actor=actor,
        organisation=enrolment.cohort.organisation_id,
        thing=enrolment,
    )
    return True


def may_be_reopened(enrolment: Enrolment) -> bool:
    """Whether somebody else than the learner ended this place."""
    if enrolment.ended_at is None:
        return False
    ended = audit.Entry.objects.filter(
        action=audit.Action.ENROLMENT_ENDED, thing_kind="enrolment", thing=str(enrolment.pk)
    )
    last = ended.order_by("-pk").first()
    return last is not None and last.actor != enrolment.learner_id


class CannotMove(Exception):
    """The learner has or had a place in the other cohort, or it is another organisation's."""


@transaction.atomic
def move_enrolment(*, enrolment: Enrolment, to: Cohort, actor: User) -> None:
    """Move a place with all its work to another cohort of the organisation. Raises CannotMove.

    Figures that were counted for the old cohort are for the caller to see to.
    """
    before = enrolment.cohort
    there = Enrolment.objects.unscoped().filter(cohort=to, learner=enrolment.learner_id)
    if to.organisation_id != before.organisation_id or enrolment.ended_at or there.exists():
        raise CannotMove
    Enrolment.objects.unscoped().filter(pk=enrolment.pk).update(cohort=to)
    enrolment.cohort = to
    audit.record(
        audit.Action.ENROLMENT_MOVED,
        actor=actor,
        organisation=before.organisation_id,
        thing=enrolment,
        came_from=str(before.pk),
        to=str(to.pk),
    )


@transaction.atomic
def open_place(learner: User) -> Enrolment:
    """The learner's place in the cohort that anyone may learn in, made when first asked for."""
    organisation = open_organisation()
    cohort, _ = Cohort.objects.unscoped().get_or_create(
        organisation=organisation, name=OPEN_COHORT, defaults={"release": current_release()}
    )
    place: Enrolment | None = (
        Enrolment.objects.unscoped().of(learner).current().filter(cohort=cohort).first()
    )
    if place is not None:
        return place
    return enrol(cohort=cohort, learner=learner, method="open")
