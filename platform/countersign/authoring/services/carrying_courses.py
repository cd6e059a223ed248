"""A course carried out and in as the folders of a curriculum, in a zip.

What goes out: ``course.yaml``, a folder per unit with ``module.yaml``, a file per lesson, a folder
per exercise. ``rules.yaml`` beside them holds what only this site knows of: days, waiting, tries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, TypeVar
from uuid import UUID

import yaml
from django.db import transaction
from django.utils.text import slugify
from pydantic import Field

from countersign import audit
from countersign.accounts.models import User
from countersign.authoring.archive import packed, unpacked
from countersign.authoring.limits import Unkeepable
from countersign.authoring.models import CoursePlan
from countersign.authoring.plans import LessonPlan, Outline, UnitPlan, outline_of
from countersign.authoring.services import writing
from countersign.authoring.services.carrying import take_in, unreadable
from countersign.authoring.services.planning import (
    NotReady,
    Rules,
    choosable,
    plan_course,
    save_plan,
)
from countersign.exercises.models import Exercise, ExerciseVersion, SealedFiles
from countersign.organisations.models import Organisation
from grader.authored.marked_yaml import read_yaml
from grader.authored.model import Authored, validated
from grader.authored.problems import AuthorProblem, ExerciseError
from grader.curriculum.files import CourseFile, LessonFile, ModuleFile
from grader.curriculum.loader import FRONT_MATTER

COURSE, UNIT, RULES = "course.yaml", "module.yaml", "rules.yaml"

Model = TypeVar("Model", bound=Authored)


class UnitRules(Authored):
    """What a unit waits for."""

    opens_after: int | None = Field(default=None, ge=0, le=3650)
    waits: bool = False


class CourseRules(Authored):
    """``rules.yaml``; ``units`` in the order of their folders."""

    most_tries: int | None = Field(default=None, ge=1, le=1000)
    gives_hints: bool = True
    units: list[UnitRules] = []


def course_out(plan: CoursePlan, *, actor: User) -> bytes:
    """The course with its exercises: one's own as they stand, the site's as they are released.

    Raises NotReady for a course with a lesson that has no exercise, or one that isn't published.
    """
    outline = outline_of(plan.outline)
    versions = {each.exercise_id: each for each in choosable(plan.organisation)}
    if not outline.exercises or set(outline.exercises) - versions.keys():
        raise NotReady([f"“{plan.title}” needs an exercise, and only published ones."])
    files: dict[str, str] = {COURSE: _course_file(plan, outline, versions)}
    files[RULES] = _yaml(
        {
            "most_tries": plan.most_tries,
            "gives_hints": plan.gives_hints,
            "units": [
                {"opens_after": unit.opens_after, "waits": unit.waits} for unit in outline.units
            ],
        }
    )
    for number, unit in enumerate(outline.units, start=1):
        files |= _unit_files(plan, unit, number, versions)
    audit.record(
        audit.Action.EXERCISES_EXPORTED,
        actor=actor,
        organisation=plan.organisation_id,
        thing=plan,
    )
    return packed({f"{plan.slug}/{path}": text for path, text in files.items()})


def _course_file(
    plan: CoursePlan, outline: Outline, versions: Mapping[UUID, ExerciseVersion]
) -> str:
    used = [versions[each] for each in outline.exercises]
    return _yaml(
        {
            "uuid": str(plan.pk),
            "title": plan.title,
            "summary": plan.summary or plan.title,
            "order": 0,
            "minutes": max(1, sum(each.minutes for each in used)),
            "starts_from_zero": False,
            "skills": sorted({skill for each in used for skill in each.skills}),
        }
    )


def _unit_files(
    plan: CoursePlan, unit: UnitPlan, number: int, versions: Mapping[UUID, ExerciseVersion]
) -> dict[str, str]:
    folder = f"{number:02}-{_name(unit.title)}"
    files = {
        f"{folder}/{UNIT}": _yaml(
            {"uuid": unit.uuid, "title": unit.title, "summary": unit.summary or unit.title}
        )
    }
    for order, lesson in enumerate(unit.lessons, start=1):
        names: list[str] = []
        for place, exercise in enumerate(lesson.exercises, start=1):
            version = versions[UUID(exercise)]
            names.append(f"{order}-{place}-{_name(version.title)}"[:60].rstrip("-"))
            for path, text in _texts(plan, version).items():
                files[f"{folder}/{names[-1]}/{path}"] = text
        files[f"{folder}/{order}-{_name(lesson.title)}.md"] = _lesson_file(
            lesson, order, names, versions
        )
    return files


def _lesson_file(
    lesson: LessonPlan, order: int, names: list[str], versions: Mapping[UUID, ExerciseVersion]
) -> str:
    skills = sorted({skill for each in lesson.exercises for skill in versions[UUID(each)].skills})
    front = {
        "uuid": lesson.uuid,
        "title": lesson.title,
        "minutes": lesson.minutes,
        "order": order,
        "skills": skills or ["read.trace"],
        "exercises": names,
    }
    return f"---\n{_yaml(front)}---\n{lesson.body}"


def _texts(plan: CoursePlan, version: ExerciseVersion) -> dict[str, str]:
    own = plan.organisation.manuscripts.filter(exercise=version.exercise_id).first()
    if own is not None:
        return dict(writing.newest(own).files)
    return dict(SealedFiles.objects.get(pk=version.pk).files)


def _name(title: str) -> str:
    return (slugify(title) or "part")[:40].strip("-")


def _yaml(value: Mapping[str, Any]) -> str:
    return str(yaml.safe_dump(dict(value), allow_unicode=True, sort_keys=False, width=1000))


@dataclass(frozen=True, kw_only=True)
class _Read:
    described: CourseFile
    rules: CourseRules
    units: tuple[tuple[ModuleFile, tuple[tuple[LessonFile, str, tuple[str, ...]], ...]], ...]
    exercises: Mapping[str, dict[str, str]]  # by their folder


@transaction.atomic
def course_in(*, organisation: Organisation, content: bytes, actor: User) -> CoursePlan:
    """A course of a zip, with its exercises. One that this organisation has is changed, any other
    is new. All of it is taken in, or nothing: raises Unkeepable."""
    files = _below_the_course(unpacked(content))
    try:
        found = _read(files)
    except ExerciseError as error:
        raise Unkeepable(list(error.problems)) from error
    uuids = {
        folder: _taken_in(organisation, folder, texts, actor)
        for folder, texts in found.exercises.items()
    }
    plan = organisation.course_plans.filter(pk=found.described.uuid).first()
    plan = plan or plan_course(organisation=organisation, title=found.described.title)
    outline = Outline(
        units=tuple(
            _unit_plan(module, lessons, found.rules, at, uuids)
            for at, (module, lessons) in enumerate(found.units)
        )
    )
    rules = Rules(
        title=found.described.title,
        summary=found.described.summary,
        most_tries=found.rules.most_tries,
        gives_hints=found.rules.gives_hints,
    )
    audit.record(audit.Action.EXERCISES_IMPORTED, actor=actor, organisation=organisation.pk)
    return save_plan(plan=plan, rules=rules, outline=outline, edition=plan.edition)


def holds_a_course(content: bytes) -> bool:
    """Whether a zip holds a course, and not only exercises. Raises Unkeepable."""
    return any(PurePosixPath(path).name == COURSE for path in unpacked(content))


def _below_the_course(files: Mapping[str, str]) -> dict[str, str]:
    """The files of the course's folder, which has to be the only one."""
    roots = [path.removesuffix(COURSE) for path in files if PurePosixPath(path).name == COURSE]
    if len(roots) != 1:
        raise Unkeepable(
            [
                AuthorProblem(
                    file="",
                    message=f"There are {len(roots)} course.yaml in it.",
                    remedy="Bring in one course at a time.",
                )
            ]
        )
    return {
        path.removeprefix(roots[0]): text
        for path, text in files.items()
        if path.startswith(roots[0])
    }


def _read(files: Mapping[str, str]) -> _Read:
    described = _model(CourseFile, files, COURSE)
    rules = _model(CourseRules, files, RULES) if RULES in files else CourseRules()
    folders = sorted(path.removesuffix(f"/{UNIT}") for path in files if path.endswith(f"/{UNIT}"))
    units, exercises = [], {}
    for folder in folders:
        module = _model(ModuleFile, files, f"{folder}/{UNIT}")
        lessons = sorted(_lessons(files, folder), key=lambda lesson: lesson[0].order)
        units.append((module, tuple(lessons)))
        for lesson, _body, _names in lessons:
            for name in lesson.exercises:
                place = f"{folder}/{name}"
                exercises[place] = _exercise(files, place)
    return _Read(described=described, rules=rules, units=tuple(units), exercises=exercises)


def _model(model: type[Model], files: Mapping[str, str], path: str) -> Model:
    return validated(model, read_yaml(files[path], file=path))


def _lessons(
    files: Mapping[str, str], folder: str
) -> Iterator[tuple[LessonFile, str, tuple[str, ...]]]:
    for path, text in files.items():
        at = PurePosixPath(path)
        if str(at.parent) != folder or at.suffix != ".md":
            continue
        parts = FRONT_MATTER.match(text)
        if parts is None:
            raise ExerciseError(
                [
                    AuthorProblem(
                        file=path,
                        line=1,
                        message="The lesson has no front matter.",
                        remedy="Start it with --- lines.",
                    )
                ]
            )
        lesson = validated(LessonFile, read_yaml(parts[1], file=path, first_line=2))
        yield lesson, parts[2], tuple(f"{folder}/{name}" for name in lesson.exercises)


def _exercise(files: Mapping[str, str], place: str) -> dict[str, str]:
    inside = {
        path.removeprefix(f"{place}/"): text
        for path, text in files.items()
        if path.startswith(f"{place}/")
    }
    if "exercise.yaml" not in inside:
        raise ExerciseError(
            [
                AuthorProblem(
                    file=place,
                    message="A lesson names this exercise, and it has no exercise.yaml.",
                    remedy="Add its folder, or take it out of the lesson.",
                )
            ]
        )
    problems = [problem.within(place) for problem in unreadable(inside)]
    if problems:
        raise ExerciseError(problems)
    return inside


def _taken_in(
    organisation: Organisation, folder: str, files: Mapping[str, str], actor: User
) -> UUID:
    """The exercise's uuid here. The site's own are only named, never copied."""
    uuid = writing.about(files).uuid
    if uuid and Exercise.objects.filter(pk=uuid, organisation=None).exists():
        return uuid
    arrival = take_in(organisation=organisation, folder=folder, files=files, actor=actor)
    here: UUID = arrival.manuscript.exercise
    return here


def _unit_plan(
    module: ModuleFile,
    lessons: tuple[tuple[LessonFile, str, tuple[str, ...]], ...],
    rules: CourseRules,
    at: int,
    uuids: Mapping[str, UUID],
) -> UnitPlan:
    own = rules.units[at] if at < len(rules.units) else UnitRules()
    return UnitPlan(
        uuid=str(module.uuid),
        title=module.title,
        summary=module.summary,
        opens_after=own.opens_after,
        waits=own.waits,
        lessons=tuple(
            LessonPlan(
                uuid=str(lesson.uuid),
                title=lesson.title,
                minutes=lesson.minutes,
                body=body,
                exercises=tuple(str(uuids[name]) for name in names),
            )
            for lesson, body, names in lessons
        ),
    )
