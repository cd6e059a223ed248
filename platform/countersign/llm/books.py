"""What models were asked and what it came to, for the operator. No text, no person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Avg, Count, Q, Sum

from countersign.common import clock
from countersign.llm.models import Call, Endpoint, Purse
from countersign.organisations.models import Organisation

RECENT = 1000
NEWEST = 50


@dataclass(frozen=True)
class Use:
    """Calls and tokens, and what the limit allows (None: these have none of their own)."""

    name: str
    calls: int
    tokens: int
    most_calls: int | None = None
    most_tokens: int | None = None


@dataclass(frozen=True)
class Cost:
    """What one piece of work came to with a role: the middle of the last ones, and the most."""

    role: str
    works: int
    calls: float
    tokens: float
    most_calls: int
    most_tokens: int
    seconds: float


def of_the_site() -> Use:
    """This month against the site's limit."""
    now = clock.now()
    purse = Purse.objects.filter(scope="site", period=f"{now:%Y-%m}").first()
    calls, tokens = settings.LLM_LIMITS["site"]
    return Use("", purse.calls if purse else 0, purse.tokens if purse else 0, calls, tokens)


def by_organisation() -> list[Use]:
    """This month by organisation, the most first."""
    rows: Iterable[Any] = (
        Call.objects.filter(at__gte=_month())
        .exclude(organisation=None)
        .order_by()
        .values("organisation")
        .annotate(calls=Count("pk"), tokens=Sum("tokens_counted"))
        .order_by("-tokens")[:50]
    )
    names = _names(row["organisation"] for row in rows)
    return [
        Use(names.get(row["organisation"], "?"), row["calls"], row["tokens"] or 0) for row in rows
    ]


def _month() -> datetime:
    return clock.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _names(ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Organisation.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def costs() -> list[Cost]:
    """What one piece of work cost with each role, over the last thousand pieces."""
    rows: Iterable[Any] = (
        Call.objects.exclude(about=None)
        .order_by()
        .values("role", "about")
        .annotate(calls=Count("pk"), tokens=Sum("tokens_counted"), wait=Avg("milliseconds"))
        .order_by("-tokens")[:RECENT]
    )
    by_role: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_role.setdefault(row["role"], []).append(row)
    return [_cost(role, works) for role, works in sorted(by_role.items())]


def _cost(role: str, works: list[dict[str, Any]]) -> Cost:
    return Cost(
        role=role,
        works=len(works),
        calls=median(each["calls"] for each in works),
        tokens=median(each["tokens"] or 0 for each in works),
        most_calls=max(each["calls"] for each in works),
        most_tokens=max(each["tokens"] or 0 for each in works),
        seconds=median((each["wait"] or 0) / 1000 for each in works),
    )


def newest_calls() -> list[Call]:
    return list(Call.objects.all()[:NEWEST])


def endpoints() -> list[Endpoint]:
    """Every address that was asked, those in trouble first."""
    return list(Endpoint.objects.order_by("-failures", "host", "model"))


@dataclass(frozen=True)
class Outlook:
    """How asking goes: None for is_well where nobody has asked lately."""

    is_well: bool | None
    resting: int
    trouble: str
    last_success_at: datetime | None
    calls_today: int


def outlook() -> Outlook:
    """How the models are, from what calls met; asks nobody anything."""
    now = clock.now()
    found = endpoints()
    resting = [each for each in found if each.open_until is not None]
    successes = [each.last_success_at for each in found if each.last_success_at]
    today = Call.objects.filter(Q(at__gte=now.replace(hour=0, minute=0, second=0))).count()
    return Outlook(
        is_well=not resting if found else None,
        resting=len(resting),
        trouble=resting[0].trouble if resting else "",
        last_success_at=max(successes, default=None),
        calls_today=today,
    )
