"""Erasing a person: what is asked for, what goes, what stays and why.

Everything that hangs from the person goes with the account (`fates.py` names it, row by row). Who
marked other people's work leaves an account without a name, so that the marks stay. What can't
be changed (the audit log) holds ids that lead nowhere once the account is gone.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import ProtectedError
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac

from countersign import audit
from countersign.accounts import sessions
from countersign.accounts.models import ErasureRequest, User
from countersign.cohorts.models import Enrolment, Invitation
from countersign.common import clock, doorbell
from countersign.organisations.models import Membership, Role

WAIT = timedelta(days=7)
log = logging.getLogger(__name__)


class StillNeeded(Exception):
    """Nobody else could do what this person does: ``role`` is “operator” or “owner”, ``where``
    the organisation's name."""

    def __init__(self, role: str, where: str = "") -> None:
        super().__init__(f"the only {role} {where}".strip())
        self.role, self.where = role, where


@transaction.atomic
def ask(*, user: User, actor: User) -> ErasureRequest:
    """Have the person erased in a week. Asking twice is the same as once. Raises StillNeeded."""
    _refuse_who_is_needed(user)
    asked, made = ErasureRequest.objects.get_or_create(
        user=user, defaults={"asked_by": actor, "due_at": clock.now() + WAIT}
    )
    if made:
        audit.record(audit.Action.ERASURE_ASKED, actor=actor, thing=user)
    return asked


@transaction.atomic
def take_back(*, user: User, actor: User) -> None:
    """Erase nothing after all."""
    gone, _ = ErasureRequest.objects.filter(user=user).delete()
    if gone:
        audit.record(audit.Action.ERASURE_TAKEN_BACK, actor=actor, thing=user)


def asked_for(user: User) -> ErasureRequest | None:
    return ErasureRequest.objects.filter(user=user).first()


def ring_if_due() -> None:
    """Called in each round of a dispatcher. It has no folder of its own: a worker erases."""
    from countersign.operations.tasks import erase_due_people

    if cache.add("erasure rung", "", timeout=30) and _due().exists():
        doorbell.ring(erase_due_people)


def erase_due() -> int:
    """Erase whom it is time for. Answers how many."""
    return sum(_erased_if_possible(each.user) for each in _due().select_related("user"))


def _due() -> Any:
    return ErasureRequest.objects.filter(due_at__lte=clock.now())


def _erased_if_possible(user: User) -> bool:
    try:
        erase(user)
    except StillNeeded as reason:
        log.warning("%s isn't erased yet: %s", user.pk, reason)
        put_off = ErasureRequest.objects.filter(user=user)
        put_off.update(due_at=clock.now() + timedelta(days=1))
        return False
    return True


def erase(user: User) -> None:
    """Erase the person now. Raises StillNeeded. Written down first, so that a restored backup
    can be brought up to date (`replay`)."""
    _refuse_who_is_needed(user)
    _write_down(user.pk)
    with transaction.atomic():
        audit.record(audit.Action.ERASED, thing=user)
        sessions.end_other_sessions(user=user, here=None)
        invited = Invitation.objects.unscoped().filter(email__iexact=user.email)
        invited.update(email="", name="", revoked_at=Coalesce("revoked_at", clock.now()))
        try:
            with transaction.atomic():
                user.delete()
        except ProtectedError:
            _take_the_person_out(user)


def _take_the_person_out(user: User) -> None:
    """Others' marks name this account: it stays, and says nothing about anybody."""
    for rows in (
        Enrolment.objects.unscoped().filter(learner=user),
        Membership.objects.filter(user=user),
        EmailAddress.objects.filter(user=user),
        Authenticator.objects.filter(user=user),
        user.api_tokens.all(),
        user.credentials.all(),
        ErasureRequest.objects.filter(user=user),
    ):
        rows.delete()
    user.email = f"erased-{user.pk}@erased.invalid"
    user.name = ""
    user.is_active = user.is_operator = False
    user.last_login = None
    user.set_unusable_password()
    user.save()


def _refuse_who_is_needed(user: User) -> None:
    others = User.objects.filter(is_operator=True, is_active=True).exclude(pk=user.pk)
    if user.is_operator and not others.exists():
        raise StillNeeded("operator")
    owned = Membership.objects.filter(user=user, role=Role.OWNER).select_related("organisation")
    for membership in owned:
        owners = membership.organisation.memberships.filter(role=Role.OWNER)
        if not owners.exclude(user=user).exists():
            raise StillNeeded("owner", membership.organisation.name)


def replay() -> int:
    """After a restore: erase again whom the restored rows brought back. Answers how many."""
    known = set(_written_down())
    back = [user for user in User.objects.iterator() if _pseudonym(user.pk) in known]
    gone_again = [user for user in back if not user.email.endswith("@erased.invalid")]
    for user in gone_again:
        erase(user)
    return len(gone_again)


def _write_down(pk: UUID) -> None:
    """Add a line to the log beside the database: when, and a pseudonym that only the site's
    secret leads back to an id."""
    line = json.dumps({"at": clock.now().isoformat(), "who": _pseudonym(pk)}) + "\n"
    log_file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(log_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def _written_down() -> Iterator[str]:
    if log_file().exists():
        for line in log_file().read_text("utf-8").splitlines():
            yield json.loads(line)["who"]


def _pseudonym(pk: UUID) -> str:
    return salted_hmac("countersign erasure", str(pk), algorithm="sha256").hexdigest()


def log_file() -> Path:
    """Kept apart from the database, so that restoring the one doesn't undo the other."""
    return Path(settings.ERASURE_LOG)
