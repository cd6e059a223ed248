"""Evidence is recomputed, never added to."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from countersign.courses.models import Skill
from countersign.events import outbox
from countersign.learning.models import Evidence
from countersign.learning.services import profile, recompute
from tests.cast import Cast, a_version
from tests.work import graded


@pytest.fixture(autouse=True)
def skills(db: None) -> None:
    Skill.objects.create(
        pk="read.trace", competency="Interpret outputs", title="Trace", evidence="", position=0
    )


def test_graded_work_becomes_evidence_by_itself(people: Cast) -> None:
    graded(people.ada_place, people.version, 50.0)
    outbox.deliver()
    assert [row.best for row in Evidence.objects.visible_to(people.ada)] == [50.0]


def test_recomputing_twice_changes_nothing(people: Cast) -> None:
    graded(people.ada_place, people.version, 50.0)
    graded(people.ada_place, people.version, 100.0)
    recompute(people.ada_place)
    recompute(people.ada_place)
    (row,) = Evidence.objects.visible_to(people.ada)
    assert (row.best, row.first, row.tries) == (100.0, 50.0, 2)


def test_a_drifted_row_is_noticed(people: Cast) -> None:
    graded(people.ada_place, people.version, 50.0)
    recompute(people.ada_place)
    call_command("recompute", "--check", verbosity=0)
    Evidence.objects.unscoped().update(best=99.0)
    with pytest.raises(CommandError):
        call_command("recompute", "--check")


def test_help_and_no_help_are_two_bars(people: Cast) -> None:
    for aided in (True, True, True, False):
        graded(people.ada_place, a_version(aided=aided), 100.0)
    recompute(people.ada_place)
    (competency,) = profile(people.ada)
    assert competency.aided.score == 81.6, "three of three, held back by how few they are"
    assert competency.aided.low < 40
    assert competency.unaided.score is None
    assert competency.unaided.tasks == 1
