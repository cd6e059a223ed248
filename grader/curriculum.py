"""Reads the curriculum's folders: skills, courses, modules, lessons, exercises.

A fault breaks the part that has it, never the whole: everything that can be read is there,
and ``Curriculum.problems`` names the rest with file, line and remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import Field

from grader.authored.exercise import Exercise
from grader.authored.marked_yaml import Marked, read_yaml
from grader.authored.model import Authored, Line, SkillId, Slug, Words, validated
from grader.authored.problems import AuthorProblem, ExerciseError
from grader.exercise import load

LARGEST_LESSON = 128 * 1024
MODULE_FOLDER = re.compile(r"^\d\d-[a-z0-9]+(-[a-z0-9]+)*$")
SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
PREDICT = re.compile(r"^```predict[ \t]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)

Uuid = Annotated[UUID, Field(strict=False)]


class Skill(Authored):
    """One skill of the framework. Its id never changes."""

    id: SkillId
    competency: Line
    title: Line
    evidence: Line


class CourseFile(Authored):
    """``course.yaml``"""

    uuid: Uuid
    title: Line
    summary: Words
    order: int = Field(ge=0)
    minutes: int = Field(ge=1)
    starts_from_zero: bool
    skills: list[SkillId] = Field(min_length=1)
    needs: str = ""


class ModuleFile(Authored):
    """``module.yaml``"""

    uuid: Uuid
    title: Line
    summary: Words


class LessonFile(Authored):
    """A lesson's front matter."""

    uuid: Uuid
    title: Line
    minutes: int = Field(ge=1, le=120)
    order: int = Field(ge=0)
    skills: list[SkillId] = Field(min_length=1)
    needs: list[Slug] = []
    exercises: list[Slug] = []


class Choice(Authored):
    """One answer to a predict-first question."""

    text: Words
    correct: bool = False
    why: Words


class Prediction(Authored):
    """A predict-first question inside a lesson: a ```` ```predict ```` block."""

    ask: Words
    options: list[Choice] = Field(min_length=2, max_length=6)


@dataclass(frozen=True, kw_only=True)
class PlacedExercise:
    """An exercise and the folder name that lessons call it by."""

    slug: str
    exercise: Exercise


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """One lesson; ``body`` is Markdown, ``exercises`` stand in the lesson's order."""

    slug: str
    uuid: UUID
    title: str
    minutes: int
    order: int
    skills: tuple[str, ...]
    needs: tuple[str, ...]
    body: str
    exercises: tuple[PlacedExercise, ...]


@dataclass(frozen=True, kw_only=True)
class Module:
    """One module; ``position`` counts from 1 within its course."""

    slug: str
    uuid: UUID
    position: int
    title: str
    summary: str
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, kw_only=True)
class Course:
    """One course with its modules in order."""

    slug: str
    uuid: UUID
    title: str
    summary: str
    order: int
    minutes: int
    starts_from_zero: bool
    skills: tuple[str, ...]
    needs: str
    modules: tuple[Module, ...]


@dataclass(frozen=True, kw_only=True)
class Curriculum:
    """All that could be read, and what could not."""

    skills: tuple[Skill, ...]
    courses: tuple[Course, ...]
    problems: tuple[AuthorProblem, ...]

    def placed_exercises(self) -> Iterator[tuple[str, PlacedExercise]]:
        """Each exercise once, with its folder from the curriculum's root."""
        for course in self.courses:
            for module in course.modules:
                seen: set[str] = set()
                for lesson in module.lessons:
                    for placed in lesson.exercises:
                        if placed.slug not in seen:
                            seen.add(placed.slug)
                            folder = f"courses/{course.slug}/{module.slug}/{placed.slug}"
                            yield folder, placed


def load_curriculum(root: Path) -> Curriculum:
    """The curriculum under ``root``. Never raises for an author's fault: see ``problems``."""
    return _Loader(root).load()


def predictions(body: str, *, file: str, first_line: int = 1) -> Iterator[Prediction]:
    """The predict-first questions of a lesson's Markdown. Raises ExerciseError."""
    for block in PREDICT.finditer(body):
        line = first_line + body.count("\n", 0, block.start()) + 1
        marked = read_yaml(block[1], file=file, first_line=line)
        prediction = validated(Prediction, marked)
        if sum(choice.correct for choice in prediction.options) != 1:
            raise _fault(file, line, "The question needs one right option.", "Mark one correct.")
        yield prediction


def _fault(file: str, line: int, message: str, remedy: str) -> ExerciseError:
    return ExerciseError([AuthorProblem(file=file, line=line, message=message, remedy=remedy)])


FileModel = TypeVar("FileModel", bound=Authored)


class _Loader:
    """Walks the folders once and collects problems on the way."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[AuthorProblem] = []
        self.uuids: dict[UUID, str] = {}
        self.skill_ids: frozenset[str] = frozenset()

    def load(self) -> Curriculum:
        skills = self._skills()
        self.skill_ids = frozenset(skill.id for skill in skills)
        folders = self._folders(self.root / "courses")
        courses = [course for folder in folders if (course := self._course(folder))]
        if not folders:
            self._say(self.root / "courses", "There is no course here.", "Add a course's folder.")
        return Curriculum(
            skills=skills,
            courses=tuple(sorted(courses, key=lambda course: (course.order, course.slug))),
            problems=tuple(self.problems),
        )

    def _skills(self) -> tuple[Skill, ...]:
        path = self.root / "skills.yaml"
        marked = self._marked(path)
        if marked is None:
            return ()
        if not isinstance(marked.value, list):
            self._say(path, "The file has to be a list of skills.", "Start each with `- id:`.", 1)
            return ()
        skills = [self._skill(part, at, marked) for at, part in enumerate(marked.value)]
        return tuple(skill for skill in skills if skill)

    def _skill(self, part: object, at: int, marked: Marked) -> Skill | None:
        lines = {path[1:]: line for path, line in marked.lines.items() if path[:1] == (at,)}
        return self._model(Skill, Marked(file=marked.file, value=part, lines=lines))

    def _course(self, folder: Path) -> Course | None:
        described = self._file(CourseFile, folder / "course.yaml")
        module_folders = self._folders(folder)
        modules = [
            module
            for position, each in enumerate(module_folders, start=1)
            if (module := self._module(each, position))
        ]
        if described is None:
            return None
        self._known_skills(described.skills, folder / "course.yaml")
        return Course(
            slug=folder.name,
            uuid=described.uuid,
            title=described.title,
            summary=described.summary,
            order=described.order,
            minutes=described.minutes,
            starts_from_zero=described.starts_from_zero,
            skills=tuple(described.skills),
            needs=described.needs,
            modules=tuple(modules),
        )

    def _module(self, folder: Path, position: int) -> Module | None:
        if not MODULE_FOLDER.match(folder.name):
            self._say(folder, "A module's folder is called NN-name.", "Rename it, e.g. 01-values.")
        described = self._file(ModuleFile, folder / "module.yaml")
        exercises = self._exercises(folder)
        lessons = [
            lesson
            for path in sorted(folder.glob("*.md"))
            if (lesson := self._lesson(path, exercises))
        ]
        self._check_lessons(lessons, exercises, folder)
        if described is None:
            return None
        return Module(
            slug=folder.name,
            uuid=described.uuid,
            position=position,
            title=described.title,
            summary=described.summary,
            lessons=tuple(sorted(lessons, key=lambda lesson: (lesson.order, lesson.slug))),
        )

    def _check_lessons(
        self, lessons: list[Lesson], exercises: Mapping[str, PlacedExercise | None], folder: Path
    ) -> None:
        slugs = {lesson.slug for lesson in lessons}
        for lesson in lessons:
            for needed in lesson.needs:
                if needed not in slugs:
                    path = folder / f"{lesson.slug}.md"
                    self._say(path, f"There is no lesson “{needed}”.", "Name one of this module.")
        used = {placed.slug for lesson in lessons for placed in lesson.exercises}
        for slug, placed in exercises.items():
            if placed and slug not in used:
                self._say(folder / slug, "No lesson names this exercise.", "Add it to a lesson.")

    def _exercises(self, folder: Path) -> dict[str, PlacedExercise | None]:
        """Each exercise folder of a module; None where it can't be used."""
        return {each.name: self._exercise(each) for each in self._folders(folder)}

    def _exercise(self, folder: Path) -> PlacedExercise | None:
        if not SLUG.match(folder.name):
            self._say(folder, "A folder's name is lower-case-with-hyphens.", "Rename it.")
        try:
            exercise = load(folder)
        except ExerciseError as error:
            self.problems += [problem.within(self._name(folder)) for problem in error.problems]
            return None
        file = folder / "exercise.yaml"
        self._known_skills(exercise.skills, file)
        return (
            PlacedExercise(slug=folder.name, exercise=exercise)
            if self._new(exercise.uuid, file)
            else None
        )

    def _lesson(self, path: Path, exercises: Mapping[str, PlacedExercise | None]) -> Lesson | None:
        try:
            described, body = self._front_matter(path)
        except ExerciseError as error:
            self.problems += error.problems
            return None
        if not SLUG.match(path.stem):
            self._say(path, "A lesson's name is lower-case-with-hyphens.", "Rename the file.")
        self._known_skills(described.skills, path)
        if not self._new(described.uuid, path):
            return None
        for slug in described.exercises:
            if slug not in exercises:
                self._say(path, f"There is no exercise “{slug}” beside it.", "Add its folder.")
        return Lesson(
            slug=path.stem,
            uuid=described.uuid,
            title=described.title,
            minutes=described.minutes,
            order=described.order,
            skills=tuple(described.skills),
            needs=tuple(described.needs),
            body=body,
            exercises=tuple(
                placed for slug in described.exercises if (placed := exercises.get(slug))
            ),
        )

    def _front_matter(self, path: Path) -> tuple[LessonFile, str]:
        name, text = self._name(path), self._text(path)
        parts = re.match(r"^---[ \t]*\n(.*?)^---[ \t]*\n(.*)", text, re.DOTALL | re.MULTILINE)
        if parts is None:
            raise _fault(name, 1, "The lesson has no front matter.", "Start it with --- lines.")
        described = validated(LessonFile, read_yaml(parts[1], file=name, first_line=2))
        body = parts[2]
        if not body.strip():
            raise _fault(name, 1, "The lesson has no words.", "Write them below the front matter.")
        list(predictions(body, file=name, first_line=parts[1].count("\n") + 3))
        return described, body

    def _file(self, model: type[FileModel], path: Path) -> FileModel | None:
        marked = self._marked(path)
        described = self._model(model, marked) if marked else None
        uuid = getattr(described, "uuid", None)
        return described if uuid is None or self._new(uuid, path) else None

    def _model(self, model: type[FileModel], marked: Marked) -> FileModel | None:
        try:
            return validated(model, marked)
        except ExerciseError as error:
            self.problems += error.problems
            return None

    def _marked(self, path: Path) -> Marked | None:
        try:
            return read_yaml(self._text(path), file=self._name(path))
        except ExerciseError as error:
            self.problems += error.problems
            return None

    def _text(self, path: Path) -> str:
        name = self._name(path)
        if path.is_symlink() or not path.is_file():
            raise _fault(name, 0, "The file is missing.", "Add it.")
        if path.stat().st_size > LARGEST_LESSON:
            raise _fault(name, 0, "The file is larger than 128 KiB.", "Split it.")
        try:
            return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise _fault(name, 0, "The file isn't UTF-8 text.", "Save it as UTF-8.") from error

    def _folders(self, folder: Path) -> list[Path]:
        if not folder.is_dir():
            return []
        return sorted(
            each for each in folder.iterdir() if each.is_dir() and each.name[0] not in "._"
        )

    def _known_skills(self, skills: list[str] | tuple[str, ...], path: Path) -> None:
        for skill in skills:
            if self.skill_ids and skill not in self.skill_ids:
                self._say(path, f"There is no skill “{skill}”.", "Use an id of skills.yaml.")

    def _new(self, uuid: UUID, path: Path) -> bool:
        first = self.uuids.setdefault(uuid, self._name(path))
        if first == self._name(path):
            return True
        self._say(path, f"Its uuid is also that of {first}.", "Give the copy a uuid of its own.")
        return False

    def _say(self, path: Path, message: str, remedy: str, line: int = 0) -> None:
        self.problems.append(
            AuthorProblem(file=self._name(path), line=line, message=message, remedy=remedy)
        )

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()
