"""Nobody reaches another organisation's rows, and nobody reaches all rows by accident."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps

from countersign.cohorts.models import Cohort, Enrolment, Invitation
from countersign.cohorts.services import invite
from countersign.common.tenancy import TenantManager, UnscopedQuery
from countersign.grading.models import Result, Run
from countersign.insights.models import Snapshot
from countersign.insights.services import refresh
from countersign.learning.models import Evidence
from countersign.learning.services import recompute
from countersign.submissions.models import Attempt, Submission
from tests.cast import Cast
from tests.work import graded

TENANT_MODELS = [
    model for model in apps.get_models() if isinstance(model._default_manager, TenantManager)
]
MAY_READ_EVERYTHING = {
    "services.py", "services", "handlers.py", "models.py", "commands", "tasks.py",
}  # fmt: skip
SERVICES = {
    Path("coaching/appeals.py"), Path("coaching/assistant.py"), Path("coaching/equal_work.py"),
    Path("coaching/feedback.py"), Path("cohorts/announcements.py"), Path("operations/erasure.py"),
    Path("operations/own_rows.py"), Path("submissions/notices.py"),
}  # fmt: skip
"""An app's verbs, one file for each subject."""


def test_the_tenant_models_are_these() -> None:
    assert {model.__name__ for model in TENANT_MODELS} == {
        "Cohort", "Enrolment", "Invitation", "Attempt", "Submission", "Run", "Result",
        "SuspectedDefect", "RubricMark", "Probe", "Feedback", "Turn", "Appeal", "Credential",
        "Evidence", "LeftOut", "Sitting", "Snapshot", "CountedFigures",
        "TargetChoice", "Assignment", "Export", "ExportRows", "ItemSnapshot", "Announcement",
        "BuildTurn", "CheckRun", "ChainStep", "Notice", "Regrade", "Entry", "Manuscript",
        "Revision", "Checking", "CoursePlan",
    }  # fmt: skip


@pytest.mark.parametrize("model", TENANT_MODELS)
def test_an_unscoped_query_raises(model: type) -> None:
    with pytest.raises(UnscopedQuery):
        model.objects.all()  # type: ignore[attr-defined]
    with pytest.raises(UnscopedQuery):
        model.objects.filter(pk=None)  # type: ignore[attr-defined]


def test_a_stranger_sees_nothing_of_anything(people: Cast) -> None:
    _fill(people)
    for model in TENANT_MODELS:
        mine = set(model.objects.visible_to(people.zoe))  # type: ignore[attr-defined]
        assert not mine & set(_of_northgate(people)), model


def test_an_operator_without_a_role_sees_nobodys_work(people: Cast) -> None:
    _fill(people)
    for model in TENANT_MODELS:
        assert not model.objects.visible_to(people.olu).exists(), model  # type: ignore[attr-defined]


def test_a_learner_sees_their_own_work_only(people: Cast) -> None:
    _fill(people)
    assert {s.attempt.enrolment.learner for s in Submission.objects.visible_to(people.ada)} == {
        people.ada
    }


def test_an_employer_sees_no_work_at_all(people: Cast) -> None:
    _fill(people)
    for model in (Attempt, Submission, Result, Run, Evidence, Enrolment):
        assert not model.objects.visible_to(people.eve).exists(), model


def test_only_the_systems_own_code_reads_everything() -> None:
    root = Path(__file__).resolve().parents[2] / "platform" / "countersign"
    offenders = [
        path.relative_to(root)
        for path in root.rglob("*.py")
        if not MAY_READ_EVERYTHING & set(path.relative_to(root).parts)
        and path.relative_to(root) not in SERVICES
        and _calls_unscoped(path)
        and path.name != "tenancy.py"
    ]
    assert offenders == []


def _calls_unscoped(path: Path) -> bool:
    tree = ast.parse(path.read_text("utf-8"))
    return any(
        isinstance(node, ast.Attribute) and node.attr == "unscoped" for node in ast.walk(tree)
    )


def _fill(people: Cast) -> None:
    """Something of everything, on both sides."""
    for place in (people.ada_place, people.zoe_place):
        graded(place, people.version)
        recompute(place)
        refresh(place.cohort)
    invite(cohort=people.cohort, actor=people.ben)


def _of_northgate(people: Cast) -> list[object]:
    return [
        *Cohort.objects.visible_to(people.ben),
        *Enrolment.objects.visible_to(people.ben),
        *Invitation.objects.visible_to(people.ben),
        *Attempt.objects.visible_to(people.ben),
        *Submission.objects.visible_to(people.ben),
        *Run.objects.visible_to(people.ben),
        *Result.objects.visible_to(people.ben),
        *Evidence.objects.visible_to(people.ada),
        *Snapshot.objects.visible_to(people.ben),
    ]
