"""Leave an endpoint alone that doesn't answer: one breaker per organisation, address and model.

It opens after five failures in a row or ten of the last twenty, for 30 seconds, doubling to ten
minutes; then one probe may try. What an administrator has to mend opens it at once.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from countersign.common import clock
from countersign.llm.connections import Connection
from countersign.llm.models import Endpoint
from countersign.llm.trouble import ModelAway, Trouble

IN_A_ROW = 5
LAST = 20
FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=10)
PROBE = timedelta(seconds=60)


def endpoint_of(connection: Connection) -> Endpoint:
    """What is known of this endpoint; a row is made when it is first asked."""
    name = f"{connection.organisation or ''}\n{connection.base_url}\n{connection.model}"
    endpoint, _ = Endpoint.objects.get_or_create(
        key=hashlib.sha256(name.encode()).hexdigest(),
        defaults={
            "organisation": connection.organisation,
            "host": connection.host,
            "model": connection.model,
        },
    )
    return endpoint


def let_through(endpoint: Endpoint) -> None:
    """Raise ModelAway while the breaker is open. When its time is over, one caller may probe."""
    now = clock.now()
    if endpoint.open_until is None:
        return
    if endpoint.open_until > now:
        raise ModelAway(Trouble.RESTING, endpoint.trouble)
    rows = Endpoint.objects.filter(pk=endpoint.pk, open_until__lte=now)
    if not rows.filter(Q(probe_until=None) | Q(probe_until__lt=now)).update(
        probe_until=now + PROBE
    ):
        raise ModelAway(Trouble.RESTING, endpoint.trouble)


def went_well(endpoint: Endpoint) -> None:
    """A reply of this protocol came: close the breaker."""
    with transaction.atomic():
        row = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
        row.failures = row.openings = 0
        row.recent = (row.recent + "1")[-LAST:] if row.open_until is None else "1"
        row.open_until = row.probe_until = None
        row.trouble = ""
        row.last_success_at = clock.now()
        row.save()


def went_wrong(endpoint: Endpoint, trouble: Trouble) -> None:
    """Count a failure, and open the breaker when there were enough."""
    with transaction.atomic():
        row = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
        row.failures += 1
        row.recent = (row.recent + "0")[-LAST:]
        row.trouble = trouble.value
        row.last_failure_at = clock.now()
        if _has_to_rest(row, trouble):
            rest = min(FIRST_REST * 2 ** min(row.openings, 10), LONGEST_REST)
            row.openings += 1
            row.open_until = clock.now() + rest
        row.probe_until = None
        row.save()


def _has_to_rest(row: Endpoint, trouble: Trouble) -> bool:
    if trouble in (Trouble.NO_ACCESS, Trouble.NO_CREDIT) or row.probe_until is not None:
        return True
    half = len(row.recent) == LAST and row.recent.count("0") * 2 >= LAST
    return row.failures >= IN_A_ROW or half


def lacks(endpoint: Endpoint, mode: str) -> None:
    """Remember that this endpoint refuses a format of replies."""
    if mode not in endpoint.lacks:
        endpoint.lacks = [*endpoint.lacks, mode]
        Endpoint.objects.filter(pk=endpoint.pk).update(lacks=endpoint.lacks)


def forget(organisation: UUID | None) -> None:
    """After new settings everything is tried anew."""
    Endpoint.objects.filter(organisation=organisation).delete()


def forget_one(connection: Connection) -> None:
    """Somebody tries it by hand: it may answer now."""
    endpoint_of(connection).delete()
