"""Exercises out as a zip and in again; what is hostile or broken is refused by name, whole."""

from __future__ import annotations

import stat
import zipfile
from io import BytesIO

import pytest

from countersign.authoring.archive import LARGEST_UNPACKED, packed, unpacked
from countersign.authoring.limits import Unkeepable
from countersign.authoring.models import Manuscript
from countersign.authoring.services import writing
from countersign.authoring.services.carrying import carried_in, carried_out
from tests.cast import Cast, exercise_files


def _zip(**entries: str | bytes) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in entries.items():
            archive.writestr(name, body)
    return held.getvalue()


def _folder(name: str, files: dict[str, str]) -> dict[str, str]:
    return {f"{name}/{path}": text for path, text in files.items()}


def test_what_goes_out_comes_back_byte_for_byte(manuscript: Manuscript, people: Cast) -> None:
    first = carried_out([manuscript], actor=people.ben)

    arrivals = carried_in(organisation=people.northgate, content=first, actor=people.ben)

    assert [arrival.how for arrival in arrivals] == ["same"]
    assert carried_out([manuscript], actor=people.ben) == first


def test_a_file_changed_by_hand_is_a_new_version_of_the_same_exercise(
    manuscript: Manuscript, people: Cast
) -> None:
    files = unpacked(carried_out([manuscript], actor=people.ben))
    path = f"{manuscript.slug}/README.md"

    arrivals = carried_in(
        organisation=people.northgate,
        content=packed({**files, path: "# Changed by hand\n"}),
        actor=people.ben,
    )

    assert [(arrival.how, arrival.manuscript) for arrival in arrivals] == [("changed", manuscript)]
    assert writing.newest(manuscript).files["README.md"] == "# Changed by hand\n"


def test_another_organisations_exercise_comes_in_as_a_copy(
    manuscript: Manuscript, people: Cast
) -> None:
    content = carried_out([manuscript], actor=people.ben)

    (arrival,) = carried_in(organisation=people.elsewhere, content=content, actor=people.nur)

    assert arrival.how == "copied"
    assert arrival.manuscript.exercise != manuscript.exercise
    assert manuscript.revisions.count() == 1


def test_the_sites_own_exercise_comes_in_as_a_copy(people: Cast) -> None:
    files = exercise_files(uuid=str(people.version.exercise_id))

    (arrival,) = carried_in(
        organisation=people.northgate, content=packed(_folder("x", files)), actor=people.ben
    )

    assert arrival.how == "copied"


def test_one_broken_exercise_keeps_all_of_them_out(people: Cast) -> None:
    good, bad = exercise_files(), exercise_files() | {"exercise.yaml": "title: [\n"}
    content = packed({**_folder("good", good), **_folder("bad", bad)})

    with pytest.raises(Unkeepable) as refusal:
        carried_in(organisation=people.northgate, content=content, actor=people.ben)

    assert refusal.value.problems[0].file == "bad/exercise.yaml"
    assert refusal.value.problems[0].line
    assert not Manuscript.objects.visible_to(people.ben).exists()


def _link() -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        entry = zipfile.ZipInfo("x/README.md")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return held.getvalue()


def _twice() -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("x/exercise.yaml", "a: 1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("x/exercise.yaml", "a: 2")
    return held.getvalue()


def _bomb() -> bytes:
    body = b"0" * 200 * 1024
    many = LARGEST_UNPACKED // len(body) + 2
    return _zip(**{f"x/{number}.txt": body for number in range(many)})


def _liar() -> bytes:
    """A file that says it is small: its real size shows only while it is read."""
    content = bytearray(_zip(**{"x/a.txt": b"0" * 3 * 1024 * 1024}))
    size = (3 * 1024 * 1024).to_bytes(4, "little")
    return bytes(content).replace(size, (10).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no zip at all", "isn't a zip file"),
        (_zip(**{"../outside/exercise.yaml": "a: 1"}), "outside the folder"),
        (_zip(**{"/etc/exercise.yaml": "a: 1"}), "outside the folder"),
        (_zip(**{"x\\..\\exercise.yaml": "a: 1"}), "outside the folder"),
        (_link(), "isn't a file"),
        (_bomb(), "larger than 20 MiB"),
        (_zip(**{"x/big.txt": b"0" * 300 * 1024}), "larger than 256 KiB"),
        (_zip(**{f"x/{n}.txt": "" for n in range(501)}), "500 are the most"),
        (_zip(**{"x/exercise.yaml": b"\xff\xfe"}), "isn't UTF-8"),
        (_zip(**{"x/README.md": "Hello"}), "no exercise.yaml"),
        (_zip(**{"x/exercise.yaml": "a: &a [1]\nb: *a\n"}), "Aliases"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_zip_that_can_t_be_taken_in_is_refused_in_words(
    people: Cast, content: bytes, says: str
) -> None:
    with pytest.raises(Unkeepable) as refusal:
        carried_in(organisation=people.northgate, content=content, actor=people.ben)

    assert says in str(refusal.value)
    assert all(problem.remedy for problem in refusal.value.problems)
    assert not Manuscript.objects.visible_to(people.ben).exists()


def test_a_file_that_lies_about_its_size_is_refused(people: Cast) -> None:
    with pytest.raises(Unkeepable):
        carried_in(organisation=people.northgate, content=_liar(), actor=people.ben)


def test_the_same_name_twice_is_refused(people: Cast) -> None:
    with pytest.raises(Unkeepable, match="here twice"):
        carried_in(organisation=people.northgate, content=_twice(), actor=people.ben)
