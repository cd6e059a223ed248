"""A person who asks for it is gone: from every row, and for good."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import CASCADE, ForeignKey, Model, OneToOneField
from django.test import Client

from countersign import audit
from countersign.accounts.models import ErasureRequest, User
from countersign.accounts.services import make_api_token
from countersign.cohorts.models import Enrolment, Invitation
from countersign.common import clock
from countersign.grading import services as grading
from countersign.grading.models import Result, RubricMark
from countersign.operations import erasure
from countersign.operations.fates import GOES, STAYS, Stays
from countersign.organisations.models import Role
from countersign.organisations.services import give_role
from countersign.submissions.models import Submission
from countersign.submissions.services import open_attempt, save_draft
from tests.cast import PASSWORD, Cast, answer
from tests.work import claimed, hand_in, newest_run, verdict

CANARY = "canary-5ad1"


@pytest.fixture(autouse=True)
def log_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.ERASURE_LOG = str(tmp_path / "erased.log")


def _hanging_from(found: set[type[Model]]) -> set[type[Model]]:
    grown = found | {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | OneToOneField)
        and field.related_model in found
        and field.remote_field.on_delete is CASCADE
    }
    return found if grown == found else _hanging_from(grown)


class TestTheMap:
    def test_names_every_row_that_hangs_from_a_person(self) -> None:
        assert {model._meta.label for model in _hanging_from({User})} == GOES

    def test_names_every_field_of_every_row_that_stays(self) -> None:
        found = {
            model._meta.label: {field.name for field in model._meta.concrete_fields}
            for model in apps.get_models()
            if model._meta.label not in GOES
        }
        assert found == {label: set(fields) for label, fields in STAYS.items()}

    def test_what_points_to_a_person_is_emptied(self) -> None:
        pointing = {
            f"{label}.{name}"
            for label, fields in STAYS.items()
            for name in fields
            if getattr(apps.get_model(label)._meta.get_field(name), "related_model", None) is User
        }
        freed = {
            f"{label}.{name}"
            for label, fields in STAYS.items()
            for name, why in fields.items()
            if why is Stays.FREED
        }
        assert pointing == freed


def _texts() -> Iterator[str]:
    """Every value of every table, as text."""
    for model in apps.get_models():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            for row in cursor.fetchall():
                yield " ".join(bytes(v).decode("latin-1") if isinstance(v, memoryview | bytes)
                               else str(v) for v in row)  # fmt: skip


def _leave_traces(people: Cast) -> User:
    ada = people.ada
    ada.name, ada.email = f"Ada {CANARY}", f"{CANARY}@example.org"
    ada.save()
    make_api_token(user=ada, name=CANARY)
    Invitation.objects.create(
        cohort=people.cohort, digest="d", expires_at=clock.now(), email=ada.email, name=ada.name
    )
    attempt = open_attempt(enrolment=people.ada_place, version=people.version)
    save_draft(attempt=attempt, answer=answer(CANARY), revision=0)
    hand_in(people.ada_place, people.version, code=CANARY)
    return ada


def test_nothing_that_the_person_wrote_is_left_anywhere(people: Cast) -> None:
    ada = _leave_traces(people)
    pk = ada.pk  # Django empties it with the row
    assert any(CANARY in text for text in _texts())

    erasure.erase(ada)

    assert [text for text in _texts() if CANARY in text] == []
    assert not User.objects.filter(pk=pk).exists()


def test_others_lose_nothing(people: Cast) -> None:
    before = Enrolment.objects.unscoped().exclude(learner=people.ada).count()
    erasure.erase(_leave_traces(people))
    assert Enrolment.objects.unscoped().count() == before
    assert User.objects.filter(pk=people.zoe.pk).exists()


def test_work_that_is_being_graded_ends_without_a_result(people: Cast) -> None:
    ada = _leave_traces(people)
    held = claimed(newest_run(Submission.objects.unscoped().get()))

    erasure.erase(ada)

    assert grading.settle(held, verdict()) is None
    assert Result.objects.unscoped().count() == 0


def test_whoever_marked_others_leaves_an_account_without_a_name(people: Cast) -> None:
    marker = people.ben
    submission = hand_in(people.ada_place, people.version)
    RubricMark.objects.create(submission=submission, criterion="reasons", marker=marker, points=2)

    erasure.erase(marker)

    marker.refresh_from_db()
    assert (marker.name, marker.is_active) == ("", False)
    assert marker.email.endswith("@erased.invalid")
    assert not marker.has_usable_password()
    assert not marker.memberships.exists()
    assert RubricMark.objects.unscoped().count() == 1


class TestAsking:
    def test_nothing_happens_for_a_week(self, people: Cast) -> None:
        erasure.ask(user=people.ada, actor=people.ada)
        assert erasure.erase_due() == 0

    def test_then_the_account_is_gone(self, people: Cast) -> None:
        erasure.ask(user=people.ada, actor=people.ada)
        ErasureRequest.objects.update(due_at=clock.now() - timedelta(seconds=1))
        assert erasure.erase_due() == 1
        assert not User.objects.filter(pk=people.ada.pk).exists()

    def test_it_can_be_taken_back(self, people: Cast) -> None:
        erasure.ask(user=people.ada, actor=people.ada)
        erasure.take_back(user=people.ada, actor=people.ada)
        ErasureRequest.objects.update(due_at=clock.now() - timedelta(seconds=1))
        assert erasure.erase_due() == 0

    def test_the_only_operator_stays(self, people: Cast) -> None:
        with pytest.raises(erasure.StillNeeded):
            erasure.ask(user=people.olu, actor=people.olu)

    def test_the_only_owner_stays(self, people: Cast) -> None:
        give_role(organisation=people.northgate, user=people.ben, role=Role.OWNER)
        with pytest.raises(erasure.StillNeeded, match="Northgate"):
            erasure.ask(user=people.ben, actor=people.ben)

    def test_who_became_the_only_owner_meanwhile_is_asked_again_tomorrow(
        self, people: Cast
    ) -> None:
        erasure.ask(user=people.ben, actor=people.ben)
        give_role(organisation=people.northgate, user=people.ben, role=Role.OWNER)
        ErasureRequest.objects.update(due_at=clock.now() - timedelta(seconds=1))
        assert erasure.erase_due() == 0
        assert ErasureRequest.objects.get().due_at > clock.now()


class TestARestore:
    def test_brings_nobody_back(self, people: Cast, capsys: pytest.CaptureFixture[str]) -> None:
        pk = people.ada.pk
        backup = copy(people.ada)
        erasure.erase(people.ada)
        backup.save(force_insert=True)

        call_command("erase_again")

        assert not User.objects.filter(pk=pk).exists()
        assert "1 of those" in capsys.readouterr().out

    def test_the_log_names_nobody(self, people: Cast) -> None:
        pk = people.ada.pk
        erasure.erase(people.ada)
        text = erasure.log_file().read_text()
        assert text.count("\n") == 1
        assert str(pk) not in text
        assert people.ada.email not in text

    def test_without_a_log_nobody_is_erased(self, people: Cast) -> None:
        call_command("erase_again")
        assert User.objects.filter(pk=people.ada.pk).exists()


def test_each_step_is_in_the_audit_log(people: Cast) -> None:
    pk = people.ada.pk
    erasure.ask(user=people.ada, actor=people.ada)
    erasure.erase(people.ada)
    acts = audit.Entry.objects.filter(thing=str(pk)).values_list("action", flat=True)
    assert {"erasure_asked", "erased"} <= set(acts)


def test_a_signed_in_browser_is_signed_out(people: Cast) -> None:
    browser = Client()
    browser.post("/sign-in/", {"login": people.ada.email, "password": PASSWORD})
    assert browser.get("/me/settings/").status_code == 200
    erasure.erase(people.ada)
    assert browser.get("/me/settings/").status_code == 302
