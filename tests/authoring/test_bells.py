"""A bell for checks that nobody heard is rung again, and not all the time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from countersign.authoring.models import Checking, CheckState, Manuscript
from countersign.authoring.services import bells, checking, writing
from countersign.common import clock, doorbell
from tests.cast import Cast


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(doorbell, "ring", lambda task, *args: heard.extend(args))
    bells.forget()
    return heard


def _asked(manuscript: Manuscript, people: Cast, *, ago: int) -> Checking:
    found = checking.ask(
        manuscript=manuscript, revision=writing.newest(manuscript), actor=people.ben
    )
    Checking.objects.unscoped().update(asked_at=clock.now() - timedelta(seconds=ago))
    return found


def test_checks_that_wait_too_long_are_rung_for(
    manuscript: Manuscript, people: Cast, rung: list[str]
) -> None:
    asked = _asked(manuscript, people, ago=10)
    bells.ring_for_late()
    bells.ring_for_late()
    assert rung == [str(asked.pk)]


def test_checks_whose_worker_died_are_rung_for(
    manuscript: Manuscript, people: Cast, rung: list[str]
) -> None:
    asked = _asked(manuscript, people, ago=300)
    until = clock.now() - timedelta(seconds=1)
    Checking.objects.unscoped().update(state=CheckState.RUNNING, lease_until=until)
    bells.ring_for_late()
    assert rung == [str(asked.pk)]


def test_fresh_ones_are_left_to_their_own_bell(
    manuscript: Manuscript, people: Cast, rung: list[str]
) -> None:
    _asked(manuscript, people, ago=0)
    bells.ring_for_late()
    assert rung == []
