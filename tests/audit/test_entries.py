"""Who did what is kept for ever."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from countersign import audit
from countersign.audit.models import Entry
from countersign.common.immutable import WrittenOnce
from tests.cast import Cast


def test_an_entry_names_the_act_and_the_actor(people: Cast) -> None:
    entry = audit.record(audit.Action.COHORT_VIEWED, actor=people.eve, thing=people.cohort)
    assert entry.actor == people.eve.pk
    assert (entry.thing_kind, entry.thing) == ("cohort", str(people.cohort.pk))


def test_an_entry_cannot_be_changed_or_deleted(people: Cast) -> None:
    entry = audit.record(audit.Action.SIGNED_IN, actor=people.ada)
    with pytest.raises(WrittenOnce):
        entry.save()
    with pytest.raises(WrittenOnce):
        entry.delete()


def test_the_database_refuses_too(people: Cast) -> None:
    audit.record(audit.Action.SIGNED_IN, actor=people.ada)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(details={"changed": True})
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all()._raw_delete(using="default")
