"""Curriculum files become releases."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from countersign.cohorts.models import Cohort
from countersign.cohorts.services import make_cohort, open_place
from countersign.courses.models import Course, Release
from countersign.courses.services import release
from countersign.events import outbox
from countersign.exercises.models import Exercise, ExerciseVersion
from countersign.exercises.services import keep_version
from countersign.organisations.models import Organisation
from grader.curriculum import load_curriculum
from grader.exercise import from_files
from tests.cast import exercise_files, person

CURRICULUM = Path(__file__).resolve().parents[2] / "curriculum"


@pytest.mark.django_db
def test_the_same_files_are_one_release() -> None:
    call_command("sync_curriculum", verbosity=0)
    call_command("sync_curriculum", verbosity=0)
    assert Release.objects.count() == 1
    assert Course.objects.filter(slug="just-enough-python").exists()


@pytest.mark.django_db
def test_the_same_content_is_one_version() -> None:
    graded = from_files(exercise_files())
    assert keep_version(graded) == keep_version(graded)


@pytest.mark.django_db
def test_a_changed_exercise_is_a_new_version_of_the_same_exercise() -> None:
    files = exercise_files()
    first = keep_version(from_files(files))
    second = keep_version(from_files({**files, "README.md": "A cinema in Accra."}))
    assert (first.number, second.number) == (1, 2)
    assert Exercise.objects.count() == 1


@pytest.mark.django_db
def test_the_database_refuses_to_change_a_version() -> None:
    keep_version(from_files(exercise_files()))
    with pytest.raises(DatabaseError), transaction.atomic():
        ExerciseVersion.objects.update(title="Changed")


@pytest.mark.django_db
def test_what_a_learner_may_see_of_a_version_holds_no_answer() -> None:
    version = keep_version(from_files(exercise_files()))
    shown = str(version.shown)
    assert "price(3)" in shown
    assert "price(12)" not in shown
    assert "5 if age" not in shown


@pytest.mark.django_db
def test_a_cohort_stays_on_its_release_and_the_open_one_follows() -> None:
    curriculum = load_curriculum(CURRICULUM)
    first, _ = release(curriculum)
    northgate = Organisation.objects.create(name="Northgate", slug="northgate")
    pinned = make_cohort(organisation=northgate, name="Pinned")
    everyone = open_place(person("Mina")).cohort
    second, is_new = release(replace(curriculum, courses=()))
    outbox.deliver()
    assert is_new
    assert Cohort.objects.unscoped().get(pk=pinned.pk).release == first
    assert Cohort.objects.unscoped().get(pk=everyone.pk).release == second
