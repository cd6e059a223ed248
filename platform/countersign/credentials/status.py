"""The public list of withdrawn credentials: a bit for each place in a W3C Bitstring Status List.

A list has 131,072 places and a credential gets a random one: a bit tells nobody whose it is.
"""

from __future__ import annotations

import base64
import gzip
import secrets
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q

from countersign.common import clock
from countersign.credentials.models import StatusEntry

PLACES = 131_072


class ListFull(Exception):
    """So many credentials were issued that no free place was found."""


def take_place() -> StatusEntry:
    """A free place of the list, at random. Raises ListFull."""
    for _ in range(64):
        try:
            with transaction.atomic():
                return StatusEntry.objects.create(index=secrets.randbelow(PLACES))
        except IntegrityError:
            continue
    raise ListFull


def withdraw(entry: StatusEntry) -> None:
    StatusEntry.objects.filter(pk=entry.pk, withdrawn_at=None).update(withdrawn_at=clock.now())


def withdrawn_places() -> list[int]:
    """Every place whose bit is set: withdrawn, or its credential was erased with its person."""
    gone = Q(withdrawn_at__isnull=False) | Q(credential=None)
    return list(StatusEntry.objects.filter(gone).values_list("index", flat=True))


def encoded(places: Iterable[int]) -> str:
    """The compressed bitstring, multibase base64url; the first place is the leftmost bit."""
    bits = bytearray(PLACES // 8)
    for place in places:
        bits[place // 8] |= 0x80 >> place % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")
