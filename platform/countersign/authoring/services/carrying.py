"""Exercises carried in and out as folders in a zip: what goes out comes back letter for letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from uuid import UUID, uuid4

from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.authoring.archive import packed, unpacked
from countersign.authoring.limits import Unkeepable, refuse_unkeepable
from countersign.authoring.models import Manuscript
from countersign.authoring.services import writing
from countersign.authoring.services.writing import ABOUT, about
from countersign.exercises.models import Exercise
from countersign.organisations.models import Organisation
from grader.authored.marked_yaml import read_yaml
from grader.authored.problems import AuthorProblem, ExerciseError

NOTE = "brought in"


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What became of one folder: ``new``, ``changed``, ``same``, or ``copied`` because the uuid
    in it is an exercise's of somebody else."""

    folder: str
    manuscript: Manuscript
    how: str


def carried_out(manuscripts: Iterable[Manuscript], *, actor: User) -> bytes:
    """The newest texts of these manuscripts, each in a folder of its own, as a zip."""
    files: dict[str, str] = {}
    for manuscript in manuscripts:
        for path, text in writing.newest(manuscript).files.items():
            files[f"{manuscript.slug}/{path}"] = text
        audit.record(
            audit.Action.EXERCISES_EXPORTED,
            actor=actor,
            organisation=manuscript.organisation_id,
            thing=manuscript,
        )
    return packed(files)


@transaction.atomic
def carried_in(*, organisation: Organisation, content: bytes, actor: User) -> list[Arrival]:
    """Every exercise of a zip. One that this organisation writes gets a new version of its text,
    any other becomes a manuscript. All of it is taken in, or nothing: raises Unkeepable."""
    folders = exercise_folders(unpacked(content))
    if not folders:
        raise Unkeepable(
            [
                AuthorProblem(
                    file="",
                    message="There is no exercise.yaml in it.",
                    remedy="Zip the folder of an exercise, or a folder of such folders.",
                )
            ]
        )
    problems = [
        problem.within(folder) if folder else problem
        for folder, files in folders.items()
        for problem in unreadable(files)
    ]
    if problems:
        raise Unkeepable(problems)
    arrivals = [
        take_in(organisation=organisation, folder=folder, files=files, actor=actor)
        for folder, files in folders.items()
    ]
    audit.record(
        audit.Action.EXERCISES_IMPORTED,
        actor=actor,
        organisation=organisation.pk,
        many=len(arrivals),
    )
    return arrivals


def exercise_folders(files: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The folders that hold an exercise.yaml, each with its files by their path inside it."""
    roots = sorted(
        str(PurePosixPath(path).parent) for path in files if PurePosixPath(path).name == ABOUT
    )
    found: dict[str, dict[str, str]] = {}
    for root in roots:
        start = "" if root == "." else f"{root}/"
        inside = {
            path.removeprefix(start): text for path, text in files.items() if path.startswith(start)
        }
        found[start.rstrip("/")] = inside
    return found


def unreadable(files: Mapping[str, str]) -> list[AuthorProblem]:
    """What keeps a folder from being taken in. An unfinished draft is welcome."""
    problems: list[AuthorProblem] = []
    try:
        value = read_yaml(files[ABOUT], file=ABOUT).value
        if not isinstance(value, dict):
            problems.append(
                AuthorProblem(
                    file=ABOUT,
                    line=1,
                    message="The file has to be a list of keys and values.",
                    remedy="Start with `uuid: …` and see docs/authoring.md.",
                )
            )
    except ExerciseError as error:
        problems += error.problems
    try:
        refuse_unkeepable(files)
    except Unkeepable as refusal:
        problems += refusal.problems
    return problems


def take_in(
    *, organisation: Organisation, folder: str, files: Mapping[str, str], actor: User
) -> Arrival:
    """One exercise's folder, which has been found readable."""
    uuid = about(files).uuid
    own = organisation.manuscripts.filter(exercise=uuid).first() if uuid else None
    if own is not None:
        before = writing.newest(own)
        after = writing.replace_all(manuscript=own, files=files, actor=actor, note=NOTE)
        return Arrival(folder=folder, manuscript=own, how="same" if after == before else "changed")
    taken = uuid is None or _is_somebody_elses(uuid)
    texts = writing.with_own_uuid(files, uuid4()) if taken else files
    name = PurePosixPath(folder).name if folder else ""
    made = writing.write_down(
        organisation=organisation, files=texts, actor=actor, slug=name, note=NOTE
    )
    return Arrival(folder=folder, manuscript=made, how="copied" if taken else "new")


def _is_somebody_elses(uuid: UUID) -> bool:
    """Whether an exercise with this uuid exists, here or anywhere on the site."""
    return (
        Exercise.objects.filter(pk=uuid).exists()
        or Manuscript.objects.unscoped().filter(exercise=uuid).exists()
    )
