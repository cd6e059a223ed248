"""Walks the curriculum's folders once and collects problems on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from grader.authored.marked_yaml import Marked, read_yaml
from grader.authored.model import Authored, validated
from grader.authored.problems import AuthorProblem, ExerciseError
from grader.curriculum.files import (
    CheckFile,
    CourseFile,
    LessonFile,
    ModuleFile,
    Skill,
    fault,
    predictions,
)
from grader.curriculum.parallel import unparallel
from grader.curriculum.tree import Course, Curriculum, Lesson, Module, PlacedExercise, SkillCheck
from grader.exercise import load

MOST_OPEN = 2  # exercises that may be tried without an account
LARGEST_LESSON = 128 * 1024
MODULE_FOLDER = re.compile(r"^\d\d-[a-z0-9]+(-[a-z0-9]+)*$")
SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
FRONT_MATTER = re.compile(r"^---[ \t]*\n(.*?)^---[ \t]*\n(.*)", re.DOTALL | re.MULTILINE)

FileModel = TypeVar("FileModel", bound=Authored)


class _Loader:
    """Keeps what the whole walk has to remember: problems, uuids, skills."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[AuthorProblem] = []
        self.uuids: dict[UUID, str] = {}
        self.open_exercises: list[Path] = []
        self.skill_ids: frozenset[str] = frozenset()

    def load(self) -> Curriculum:
        skills = self._skills()
        self.skill_ids = frozenset(skill.id for skill in skills)
        folders = self._folders(self.root / "courses")
        courses = [course for folder in folders if (course := self._course(folder))]
        checks = [
            check
            for folder in self._folders(self.root / "checks")
            if (check := self._check(folder))
        ]
        if not folders:
            self._say(self.root / "courses", "There is no course here.", "Add a course's folder.")
        if len(self.open_exercises) > MOST_OPEN:
            for path in self.open_exercises:
                self._say(path, "More than two exercises are open.", "Close all but two.")
        return Curriculum(
            skills=skills,
            courses=tuple(sorted(courses, key=lambda course: (course.order, course.slug))),
            problems=tuple(self.problems),
            checks=tuple(checks),
        )

    def _check(self, folder: Path) -> SkillCheck | None:
        path = folder / "check.yaml"
        described = self._file(CheckFile, path)
        forms = self._exercises(folder)
        if described is None:
            return None
        for slug in {*described.forms} - forms.keys():
            self._say(path, f"There is no form “{slug}” beside it.", "Add its folder.")
        found = [form for slug in described.forms if (form := forms.get(slug))]
        for message, remedy in unparallel([form.exercise for form in found]):
            self._say(path, message, remedy)
        if len(found) < len(described.forms):
            return None
        return SkillCheck(
            slug=folder.name,
            uuid=described.uuid,
            title=described.title,
            summary=described.summary,
            minutes=described.minutes,
            forms=tuple(found),
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
            slug=folder.name[len("NN-") :],
            folder=folder.name,
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
        for slug in sorted(slugs & exercises.keys()):
            remedy = "Rename one: a lesson and an exercise share one level of addresses."
            self._say(folder / slug, f"The lesson {slug}.md has the same name.", remedy)
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
        if exercise.open:
            self.open_exercises.append(file)
        if not self._new(exercise.uuid, file):
            return None
        return PlacedExercise(slug=folder.name, exercise=exercise)

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
        parts = FRONT_MATTER.match(text)
        if parts is None:
            raise fault(name, 1, "The lesson has no front matter.", "Start it with --- lines.")
        described = validated(LessonFile, read_yaml(parts[1], file=name, first_line=2))
        body = parts[2]
        if not body.strip():
            raise fault(name, 1, "The lesson has no words.", "Write them below the front matter.")
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
            raise fault(name, 0, "The file is missing.", "Add it.")
        if path.stat().st_size > LARGEST_LESSON:
            raise fault(name, 0, "The file is larger than 128 KiB.", "Split it.")
        try:
            return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise fault(name, 0, "The file isn't UTF-8 text.", "Save it as UTF-8.") from error

    def _folders(self, folder: Path) -> list[Path]:
        if not folder.is_dir():
            return []
        return sorted(
            each for each in folder.iterdir() if each.is_dir() and each.name[0] not in "._"
        )

    def _known_skills(self, skills: Iterable[str], path: Path) -> None:
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


def load_curriculum(root: Path) -> Curriculum:
    """The curriculum under ``root``. Never raises for an author's fault: see ``problems``."""
    return _Loader(root).load()
