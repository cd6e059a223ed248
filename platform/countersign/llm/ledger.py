"""What models may cost: reserved before a call, settled after it, counted in the database.

Each limit is a purse per scope and period. A reservation is one conditional UPDATE per purse, in
one transaction: two callers can't both take the last call. What a crash leaves open stays counted.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from countersign.common import clock
from countersign.llm.connections import Connection, Role
from countersign.llm.models import Call, CallState, Purse
from countersign.llm.trouble import ModelAway, Trouble

LOST_AFTER = timedelta(minutes=3)


@dataclass(frozen=True, kw_only=True)
class Spender:
    """For whom a call is made. The learner's id is hashed before it is stored anywhere."""

    learner: UUID | None = None
    cohort: UUID | None = None
    organisation: UUID | None = None
    about: UUID | None = None


@dataclass(frozen=True)
class Limit:
    """``scope`` may make ``calls`` calls and spend ``tokens`` tokens within ``period``."""

    trouble: Trouble
    scope: str
    period: str
    calls: int
    tokens: int


def limits_for(spender: Spender) -> Iterator[Limit]:
    """The limits this spender meets: the site's first, so that all lock in one order."""
    now = clock.now()
    day, month = f"{now:%Y-%m-%d}", f"{now:%Y-%m}"
    caps = settings.LLM_LIMITS
    yield Limit(Trouble.BUDGET_SITE, "site", month, *caps["site"])
    if spender.cohort is not None:
        scope = f"cohort:{spender.cohort}"
        yield Limit(Trouble.BUDGET_COHORT, scope, month, *caps["cohort"])
    if spender.learner is not None:
        scope = f"learner:{_pseudonym(spender.learner)}"
        yield Limit(Trouble.BUDGET_LEARNER, scope, day, *caps["learner"])


def _pseudonym(learner: UUID) -> str:
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, learner.bytes, hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True)
class Reservation:
    """The right to make one call. ``limits`` are the purses it was taken from."""

    call: UUID
    tokens: int
    limits: tuple[Limit, ...]


@transaction.atomic
def reserve(
    *, spender: Spender, connection: Connection, role: Role, prompt: str, tokens: int
) -> Reservation:
    """Take one call of at most so many tokens out of every purse, or ModelAway out of none."""
    limits = tuple(limits_for(spender))
    for limit in limits:
        _take(limit, tokens)
    call = Call.objects.create(
        organisation=spender.organisation,
        cohort=spender.cohort,
        about=spender.about,
        role=role.value,
        prompt=prompt,
        host=connection.host,
        model=connection.model,
        tokens_reserved=tokens,
        tokens_counted=tokens,
    )
    return Reservation(call.pk, tokens, limits)


def _take(limit: Limit, tokens: int) -> None:
    purse, _ = Purse.objects.get_or_create(scope=limit.scope, period=limit.period)
    room = Purse.objects.filter(
        pk=purse.pk, calls__lt=limit.calls, tokens__lte=limit.tokens - tokens
    )
    if tokens > limit.tokens or not room.update(calls=F("calls") + 1, tokens=F("tokens") + tokens):
        raise ModelAway(limit.trouble)


@dataclass(frozen=True, kw_only=True)
class Used:
    """What a call came to. Token counts are the server's word: None, or any nonsense."""

    outcome: str
    milliseconds: int
    tokens_in: int | None = None
    tokens_out: int | None = None


@transaction.atomic
def settle(reservation: Reservation, used: Used) -> None:
    """Give back what was reserved and not used. Missing or absurd usage counts in full."""
    counted = _counted(reservation, used)
    settled = Call.objects.filter(pk=reservation.call, state=CallState.RESERVED).update(
        state=CallState.SETTLED,
        outcome=used.outcome,
        milliseconds=used.milliseconds,
        tokens_in=used.tokens_in,
        tokens_out=used.tokens_out,
        tokens_counted=counted,
    )
    if settled and counted < reservation.tokens:
        for limit in reservation.limits:
            Purse.objects.filter(scope=limit.scope, period=limit.period).update(
                tokens=F("tokens") - (reservation.tokens - counted)
            )


def _counted(reservation: Reservation, used: Used) -> int:
    if used.tokens_in is None or used.tokens_out is None:
        return reservation.tokens
    return min(reservation.tokens, used.tokens_in + used.tokens_out)


def close_lost() -> int:
    """Mark calls that were never settled: their process died. They stay counted in full."""
    since = clock.now() - LOST_AFTER
    open_ones = Call.objects.filter(state=CallState.RESERVED, at__lt=since)
    return open_ones.update(state=CallState.LOST, outcome="lost")
