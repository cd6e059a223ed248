"""Reading by a program, within what the person may see."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import URLPattern
from rest_framework.test import APIClient

from countersign.accounts.models import User
from countersign.api.urls import urlpatterns
from tests.cast import Cast
from tests.work import graded

As = Callable[[User], APIClient]
SNAPSHOT = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


@pytest.mark.parametrize("route", urlpatterns)
def test_nobody_reads_without_a_key(people: Cast, route: URLPattern) -> None:
    if route.name == "openapi":
        return
    path = "/api/" + str(route.pattern)
    for part, value in {
        "<slug:slug>": "just-enough-python",
        "<uuid:exercise>": people.version.exercise_id,
        "<uuid:pk>": people.cohort.pk,
        "<uuid:cohort>": people.cohort.pk,
    }.items():
        path = path.replace(part, str(value))
    assert APIClient().get(path).status_code == 401


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer ", "Bearer \xff", "Basic x"])
def test_a_wrong_key_opens_nothing(people: Cast, header: str) -> None:
    answer = APIClient().get("/api/v1/courses/", HTTP_AUTHORIZATION=header)
    assert answer.status_code == 401


def test_a_course_comes_with_its_exercises(people: Cast, as_: As) -> None:
    outline = as_(people.ada).get("/api/v1/courses/just-enough-python/").json()
    (exercise,) = outline["modules"][0]["lessons"][0]["exercises"]
    assert exercise["id"] == str(people.version.exercise_id)


def test_an_exercise_is_shown_without_its_secrets(people: Cast, as_: As) -> None:
    found = as_(people.ada).get(f"/api/v1/exercises/{people.version.exercise_id}/").json()
    assert found["kind"] == "code"
    assert found["shown"]["requirements"]
    assert "hints" not in found


def test_ones_own_places(people: Cast, as_: As) -> None:
    (place,) = as_(people.ada).get("/api/v1/enrolments/").json()["results"]
    assert place["cohort_name"] == "Autumn intake"
    assert as_(people.ben).get("/api/v1/enrolments/").json()["results"] == []


def test_who_teaches_reads_the_roster(people: Cast, as_: As) -> None:
    graded(people.ada_place, people.version)
    (line,) = as_(people.ben).get(f"/api/v1/cohorts/{people.cohort.pk}/roster/").json()
    assert (line["name"], line["passed"]) == ("Ada", 1)


@pytest.mark.parametrize(
    ("name", "status"), [("ada", 403), ("eve", 403), ("olu", 404), ("zoe", 404)]
)
def test_nobody_else_does(people: Cast, as_: As, name: str, status: int) -> None:
    client = as_(getattr(people, name))
    assert client.get(f"/api/v1/cohorts/{people.cohort.pk}/roster/").status_code == status


def test_the_description_is_the_one_we_published(tmp_path: Path) -> None:
    """After a wanted change: ``make openapi``."""
    fresh = tmp_path / "openapi.json"
    call_command("spectacular", format="openapi-json", file=str(fresh), fail_on_warn=True)
    assert json.loads(fresh.read_text()) == json.loads(SNAPSHOT.read_text())
