"""The first page and the catalogue."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from countersign.courses.models import Course, Skill
from tests.cast import Cast, a_release, a_version


@pytest.fixture
def courses(db: None) -> list[Course]:
    """Two courses of one release: a short one on reading, a long one on prompts."""
    Skill.objects.create(
        pk="read.trace", competency="Interpret outputs", title="Trace", evidence="E", position=0
    )
    Skill.objects.create(
        pk="prompt.goal", competency="Structure prompts", title="Goal", evidence="E", position=1
    )
    release = a_release(a_version(is_open=True))
    reading = release.courses.get()
    Course.objects.filter(pk=reading.pk).update(
        minutes=90, skills=["read.trace"], starts_from_zero=True
    )
    prompting = release.courses.create(
        uuid="4f2d1f7e-64bd-4c62-8a4b-2a1c33dd0f11",
        slug="prompting",
        title="Prompts that hold up",
        summary="Say what you mean.",
        minutes=400,
        skills=["prompt.goal"],
        position=1,
    )
    return [reading, prompting]


def read(client: Client, query: str = "") -> str:
    return client.get(f"/{query}").content.decode()


def test_a_visitor_finds_an_exercise_to_try_and_every_course(
    client: Client, courses: list[Course]
) -> None:
    page = read(client)
    assert "Ticket price" in page
    assert 'href="/try/"' in page
    assert "Just enough Python to read it" in page
    assert "Prompts that hold up" in page


def test_the_brief_on_the_first_page_tells_no_hidden_value(
    client: Client, courses: list[Course]
) -> None:
    assert "price(12)" not in read(client)


@pytest.mark.parametrize(
    ("query", "found", "missing"),
    [
        ("?skill=Interpret+outputs", "Just enough Python", "Prompts that hold up"),
        ("?time=long", "Prompts that hold up", "Just enough Python"),
        ("?zero=on", "Just enough Python", "Prompts that hold up"),
    ],
)
def test_filters_leave_the_courses_that_fit(
    client: Client, courses: list[Course], query: str, found: str, missing: str
) -> None:
    page = read(client, query)
    assert found in page
    assert missing not in page


def test_when_no_course_fits_the_nearest_are_shown_and_named_so(
    client: Client, courses: list[Course]
) -> None:
    page = read(client, "?skill=Structure+prompts&zero=on")
    assert "No course matches all of that" in page
    assert "Prompts that hold up" in page


def test_unknown_filter_words_are_as_if_they_weren_t_there(
    client: Client, courses: list[Course]
) -> None:
    assert client.get("/?time=for-ever&zero=yes").status_code == 200
    assert "Just enough Python" in read(client, "?time=for-ever")


def test_a_site_without_courses_still_opens(client: Client, db: None) -> None:
    assert "No courses yet" in read(client)


def test_only_the_newest_release_is_in_the_catalogue(client: Client, people: Cast) -> None:
    newer = a_release(a_version())
    newer.courses.update(title="The newer course")
    page = read(client)
    assert "The newer course" in page
    assert "Just enough Python" not in page


def test_many_courses_cost_no_more_queries_than_few(
    client: Client,
    courses: list[Course],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(3):
        read(client)


def test_a_page_that_names_a_person_is_kept_by_no_cache(client: Client, people: Cast) -> None:
    client.force_login(people.ada)
    answer = client.get("/")
    assert "Ada" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_a_visitor_s_page_is_kept_by_no_shared_cache(client: Client, people: Cast) -> None:
    assert "private" in client.get("/")["Cache-Control"]
