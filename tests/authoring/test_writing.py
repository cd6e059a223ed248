"""Manuscripts: every save is kept, and two people never lose each other's words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from countersign.accounts.models import User
from countersign.authoring import starts
from countersign.authoring.limits import Unkeepable
from countersign.authoring.models import Manuscript
from countersign.authoring.parts import BRIEF, FILES, HINTS, part_of, parts_of
from countersign.authoring.services import writing
from countersign.common import clock
from countersign.organisations.models import Role
from countersign.organisations.services import give_role
from grader.exercise import from_files
from tests.cast import Cast, person


@pytest.fixture
def mia(people: Cast) -> User:
    """She teaches beside Ben."""
    mia = person("Mia")
    give_role(organisation=people.northgate, user=mia, role=Role.INSTRUCTOR)
    return mia


def _write(manuscript: Manuscript, text: str, *, actor: User, base: str = "") -> writing.Saving:
    base = base or BRIEF.base(writing.newest(manuscript).files)
    return writing.save(
        manuscript=manuscript, part=BRIEF, texts={"README.md": text}, base=base, actor=actor
    )


def _numbers(manuscript: Manuscript) -> list[int]:
    return list(manuscript.revisions.filter(aside=False).values_list("number", flat=True))


@pytest.mark.parametrize("kind", starts.whole_kinds())
@pytest.mark.django_db
def test_every_kind_begins_with_a_draft_that_can_be_read(people: Cast, kind: str) -> None:
    made = writing.begin(organisation=people.northgate, kind=kind, actor=people.ben)

    assert from_files(writing.newest(made).files).uuid == made.exercise


def test_what_is_typed_within_a_minute_is_one_version(manuscript: Manuscript, people: Cast) -> None:
    _write(manuscript, "One.", actor=people.ben)
    _write(manuscript, "Two.", actor=people.ben)

    assert writing.newest(manuscript).files["README.md"] == "Two."
    assert _numbers(manuscript) == [1]


def test_later_typing_is_another_version(
    manuscript: Manuscript, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: later)

    _write(manuscript, "Later.", actor=people.ben)

    assert _numbers(manuscript) == [2, 1]


def test_two_people_in_different_parts_don_t_meet(
    manuscript: Manuscript, people: Cast, mia: User
) -> None:
    opened = writing.newest(manuscript).files
    _write(manuscript, "Ben’s brief.", actor=people.ben)

    saving = writing.save(
        manuscript=manuscript,
        part=HINTS,
        texts={"keys": "hints: [One., Two., Three.]\n"},
        base=HINTS.base(opened),
        actor=mia,
    )

    assert saving.aside is None
    assert saving.newest.files["README.md"] == "Ben’s brief."
    assert from_files(saving.newest.files).hints == ("One.", "Two.", "Three.")


def test_of_two_texts_that_meet_both_are_kept(
    manuscript: Manuscript, people: Cast, mia: User
) -> None:
    base = BRIEF.base(writing.newest(manuscript).files)
    _write(manuscript, "Ben’s.", actor=people.ben, base=base)

    saving = _write(manuscript, "Mia’s.", actor=mia, base=base)

    assert saving.newest.files["README.md"] == "Ben’s."
    assert saving.aside is not None
    assert saving.aside.files["README.md"] == "Mia’s."


def test_the_text_that_came_late_can_be_taken_up(
    manuscript: Manuscript, people: Cast, mia: User
) -> None:
    base = BRIEF.base(writing.newest(manuscript).files)
    _write(manuscript, "Ben’s.", actor=people.ben, base=base)
    aside = _write(manuscript, "Mia’s.", actor=mia, base=base).aside
    assert aside is not None

    writing.take_up(aside=aside, actor=mia)

    texts = [revision.files["README.md"] for revision in manuscript.revisions.order_by("-number")]
    assert texts == ["Mia’s.", "Ben’s."]


def test_an_older_version_is_taken_back_and_nothing_is_lost(
    manuscript: Manuscript, people: Cast, mia: User
) -> None:
    first = writing.newest(manuscript)
    _write(manuscript, "Mia’s.", actor=mia)

    restored = writing.restore(revision=first, actor=people.ben)

    assert restored.content_hash == first.content_hash
    assert _numbers(manuscript) == [3, 2, 1]


def test_a_copy_is_an_exercise_of_its_own(manuscript: Manuscript, people: Cast) -> None:
    copy = writing.duplicate(revision=writing.newest(manuscript), actor=people.ben)

    assert copy.exercise != manuscript.exercise
    assert from_files(writing.newest(copy).files).uuid == copy.exercise


@pytest.mark.parametrize(
    "path", ["../outside.py", "/etc/passwd", "hidden/../../x", "a/b/c/d/e.py", ".git/config", "a b"]
)
def test_a_file_can_t_lie_outside_the_folder(
    manuscript: Manuscript, people: Cast, path: str
) -> None:
    with pytest.raises(Unkeepable, match="can't be called"):
        writing.add_file(manuscript=manuscript, path=path, actor=people.ben)


def test_a_brief_of_two_megabytes_is_refused_and_changes_nothing(
    manuscript: Manuscript, people: Cast
) -> None:
    before = writing.newest(manuscript).files

    with pytest.raises(Unkeepable, match="256 are the most"):
        _write(manuscript, "x" * 2 * 1024 * 1024, actor=people.ben)

    assert writing.newest(manuscript).files == before


def test_other_organisations_see_no_manuscript(manuscript: Manuscript, people: Cast) -> None:
    seen = {
        user.name: Manuscript.objects.visible_to(user).filter(pk=manuscript.pk).exists()
        for user in (people.ben, people.nur, people.ada, people.eve, people.olu)
    }

    assert seen == {"Ben": True, "Nur": False, "Ada": False, "Eve": False, "Olu": False}


@pytest.mark.parametrize("kind", starts.kinds())
@pytest.mark.django_db
def test_what_a_part_holds_is_put_back_letter_for_letter(people: Cast, kind: str) -> None:
    made = writing.begin(organisation=people.northgate, kind=kind, actor=people.ben)
    files = writing.newest(made).files

    for part in parts_of(kind):
        assert part.applied(files, part.texts(files)) == files


def test_a_part_writes_only_its_own_texts(manuscript: Manuscript) -> None:
    files = writing.newest(manuscript).files
    starter = part_of("code", "starter")

    made = starter.applied(files, {"starter/solution.py": "x", "reference/solution.py": "y"})

    assert made["starter/solution.py"] == "x"
    assert made["reference/solution.py"] == files["reference/solution.py"]
    assert FILES.holds("exercise.yaml")
