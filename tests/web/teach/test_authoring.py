"""The pages on which exercises are written, as instructors use them."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from countersign.authoring import starts
from countersign.authoring.models import Manuscript
from countersign.authoring.parts import BRIEF
from countersign.authoring.services import checking, writing
from countersign.courses.models import Skill
from countersign.exercises.models import ExerciseVersion
from tests.cast import Cast


@pytest.fixture
def ben(people: Cast, client: Client) -> Client:
    """Ben, signed in."""
    client.force_login(people.ben)
    return client


@pytest.fixture
def manuscript(people: Cast) -> Manuscript:
    """A code exercise, just begun."""
    return writing.begin(organisation=people.northgate, kind="code", actor=people.ben)


@pytest.fixture
def skills(db: None) -> None:
    """The skills that the drafts name."""
    names = ["read.trace", "read.explain", "review.logic", "review.tests", "prompt.edges"]
    for position, name in enumerate([*names, "decide.claims", "decide.stakes"]):
        Skill.objects.create(id=name, competency="c", title=name, evidence="e", position=position)


def _at(page: str, manuscript: Manuscript, query: str = "") -> str:
    return reverse(page, args=[manuscript.pk]) + query


def _save(
    client: Client, manuscript: Manuscript, text: str, base: str
) -> tuple[int, dict[str, str]]:
    answered = client.post(
        _at("author_save", manuscript, "?part=brief"),
        {"text:README.md": text, "revision": base},
        headers={"accept": "application/json"},
    )
    return answered.status_code, json.loads(answered.content)


def _checked(manuscript: Manuscript, people: Cast) -> None:
    made = checking.ask(
        manuscript=manuscript, revision=writing.newest(manuscript), actor=people.ben
    )
    checking.run(made.pk)


@pytest.mark.parametrize("kind", starts.kinds())
def test_a_kind_is_chosen_and_a_draft_opens(ben: Client, kind: str) -> None:
    answered = ben.post(reverse("author_new"), {"kind": kind}, follow=True)

    assert answered.status_code == 200
    assert Manuscript.objects.unscoped().get().kind == kind


def test_typing_is_kept_and_answered_with_what_comes_next(
    ben: Client, manuscript: Manuscript
) -> None:
    base = BRIEF.base(writing.newest(manuscript).files)

    status, said = _save(ben, manuscript, "# Anew\n", base)

    assert status == 200
    assert said["revision"] == BRIEF.base(writing.newest(manuscript).files)
    assert writing.newest(manuscript).files["README.md"] == "# Anew\n"


def test_a_text_that_comes_late_is_told_and_kept(ben: Client, manuscript: Manuscript) -> None:
    base = BRIEF.base(writing.newest(manuscript).files)
    _save(ben, manuscript, "# First\n", base)

    status, said = _save(ben, manuscript, "# Second\n", base)

    assert status == 409
    assert "kept beside it" in said["words"]
    assert "# Second" in ben.get(_at("author_aside", manuscript)).content.decode()


def test_fields_change_only_what_was_changed(
    ben: Client, manuscript: Manuscript, skills: None
) -> None:
    before = writing.newest(manuscript).files["exercise.yaml"]
    typed = {"as-fields": "1", "title": "Parking", "minutes": "5", "skills": ["read.trace"]}
    typed |= {"summary": "Work out what a parking ticket costs.", "help": "aided"}

    page = ben.get(_at("author_edit", manuscript, "?part=basics"))
    ben.post(
        _at("author_save", manuscript, "?part=basics"), {**typed, "revision": page.context["base"]}
    )

    after = writing.newest(manuscript).files["exercise.yaml"]
    assert after == before.replace("title: A new code exercise", "title: Parking")


def test_broken_yaml_breaks_only_that_draft_and_says_where(
    ben: Client, manuscript: Manuscript
) -> None:
    files = {**writing.newest(manuscript).files, "exercise.yaml": "title: [\n"}
    writing.replace_all(
        manuscript=manuscript,
        files=files,
        actor=writing.newest(manuscript).by,  # type: ignore[arg-type]
        note="broken",
    )

    page = ben.get(_at("author_edit", manuscript, "?side=checks"))

    assert page.status_code == 200
    assert "exercise.yaml:" in page.content.decode()
    assert ben.get(_at("author_preview", manuscript)).status_code == 200
    assert ben.get(reverse("author_list")).status_code == 200


@pytest.mark.parametrize("kind", starts.whole_kinds())
def test_the_preview_is_the_learners_page_before_and_after(
    ben: Client, people: Cast, skills: None, kind: str
) -> None:
    made = writing.begin(organisation=people.northgate, kind=kind, actor=people.ben)
    _checked(made, people)

    first = ben.get(_at("author_preview", made))
    after = ben.get(_at("author_preview", made, "?when=after&theme=dark"))

    assert (first.status_code, after.status_code) == (200, 200)
    assert made.title in first.content.decode()
    assert 'data-theme="dark"' in after.content.decode()
    assert not ExerciseVersion.objects.filter(exercise=made.exercise).exists()


def test_buttons_of_the_preview_come_to_nothing(ben: Client, manuscript: Manuscript) -> None:
    answered = ben.post(_at("author_preview", manuscript), {"file:solution.py": "x"})

    assert answered.status_code == 204
    assert manuscript.revisions.count() == 1


def test_only_the_preview_may_stand_in_a_frame(ben: Client, manuscript: Manuscript) -> None:
    preview = ben.get(_at("author_preview", manuscript))
    editor = ben.get(_at("author_edit", manuscript))

    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert editor["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in editor["Content-Security-Policy"]


def test_publishing_waits_for_the_checks_and_says_so(
    ben: Client, people: Cast, manuscript: Manuscript, skills: None
) -> None:
    refused = ben.post(_at("author_publish", manuscript), follow=True)
    _checked(manuscript, people)
    published = ben.post(_at("author_publish", manuscript), follow=True)

    assert "isn’t proven yet" in refused.content.decode()
    assert "Version 1 is published" in published.content.decode()


def test_a_cell_shows_what_the_run_said(
    ben: Client, people: Cast, manuscript: Manuscript, skills: None
) -> None:
    _checked(manuscript, people)

    page = ben.get(_at("author_report", manuscript)).content.decode()

    assert "failed-no-limit" in page
    assert "cost(9): 18" in page


def test_a_zip_that_is_none_is_refused_on_the_page(ben: Client) -> None:
    sent = SimpleUploadedFile("x.zip", b"no zip", content_type="application/zip")

    answered = ben.post(reverse("author_import"), {"zip": sent})

    assert answered.status_code == 422
    assert "Nothing was brought in" in answered.content.decode()


@pytest.mark.parametrize(
    ("name", "posted"),
    [
        ("author_save", {"text:README.md": "Theirs", "revision": "x"}),
        ("author_file", {"path": "x.py"}),
        ("author_check", {}),
        ("author_publish", {}),
        ("author_duplicate", {}),
        ("author_choose", {"keep": "mine"}),
    ],
)
def test_other_organisations_can_t_write_here(
    client: Client, people: Cast, manuscript: Manuscript, name: str, posted: dict[str, str]
) -> None:
    client.force_login(people.nur)
    before = writing.newest(manuscript).files

    answered = client.post(_at(name, manuscript), posted)

    assert answered.status_code == 404
    assert writing.newest(manuscript).files == before
    assert Manuscript.objects.unscoped().count() == 1


def test_nothing_is_begun_in_somebody_elses_organisation(client: Client, people: Cast) -> None:
    client.force_login(people.nur)

    answered = client.post(
        reverse("author_new"), {"kind": "code", "organisation": people.northgate.pk}
    )

    assert answered.status_code == 404
    assert not Manuscript.objects.unscoped().exists()
