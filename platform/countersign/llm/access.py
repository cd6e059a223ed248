"""An organisation's own model: set, changed and taken away, each time with an audit entry."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.common import clock
from countersign.llm import breaker, vault
from countersign.llm.models import ModelAccess
from countersign.organisations.models import Organisation
from countersign.organisations.permissions import Permission, can


class NotAllowed(Exception):
    """Only the operator and those who administer the organisation may set its model."""


class BadAddress(Exception):
    """The address can't be used; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is to hold from now on. ``key`` None keeps the stored key, if the address stays."""

    base_url: str
    key: str | None
    generator: str = ""
    coach: str = ""
    judge: str = ""
    is_on: bool = True


@transaction.atomic
def set_access(organisation: Organisation, wish: Wish, *, actor: User) -> ModelAccess:
    """Set the organisation's model. Another address without its key has none.

    Raises NotAllowed or BadAddress.
    """
    _refuse_strangers(organisation, actor)
    base_url = usable(wish.base_url)
    access = ModelAccess.objects.filter(organisation=organisation).first()
    access = access or ModelAccess(organisation=organisation)
    if wish.key is not None or access.base_url != base_url:
        key = wish.key or ""
        access.sealed_key = vault.sealed(key, bound_to=base_url) if key else b""
        access.key_tail = key[-4:] if len(key) >= 12 else ""
    access.base_url = base_url
    access.generator, access.coach, access.judge = wish.generator, wish.coach, wish.judge
    access.is_on, access.changed_at = wish.is_on, clock.now()
    access.save()
    breaker.forget(organisation.pk)
    _record(organisation, actor, host=urlsplit(base_url).hostname or "", on=wish.is_on)
    return access


@transaction.atomic
def clear_access(organisation: Organisation, *, actor: User) -> bool:
    """Take it away with its key: the site's own model answers again, if there is one."""
    _refuse_strangers(organisation, actor)
    gone, _ = ModelAccess.objects.filter(organisation=organisation).delete()
    if gone:
        breaker.forget(organisation.pk)
        _record(organisation, actor, host="", on=False)
    return bool(gone)


def _refuse_strangers(organisation: Organisation, actor: User) -> None:
    may = can(actor, Permission.OPERATE) or can(actor, Permission.ADMINISTER, organisation)
    if not may:
        raise NotAllowed


def _record(organisation: Organisation, actor: User, **details: object) -> None:
    audit.record(
        audit.Action.MODEL_ACCESS_CHANGED,
        actor=actor,
        organisation=organisation.pk,
        thing=organisation,
        **details,
    )


def usable(base_url: str) -> str:
    """The address without its last slash. Raises BadAddress; where a name leads is looked at anew
    at each request."""
    parts = urlsplit(base_url.strip())
    host = (parts.hostname or "").lower()
    if not host or parts.username or parts.password or parts.query or parts.fragment:
        raise BadAddress("Give an address like https://api.example.org/v1 and nothing more.")
    if host in {each.lower() for each in settings.LLM_PRIVATE_HOSTS}:
        return base_url.strip().rstrip("/")
    if parts.scheme != "https":
        raise BadAddress("The address has to begin with https://.")
    return base_url.strip().rstrip("/")
