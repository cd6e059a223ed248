"""Reads one exercise folder. The file format is written down in docs/authoring.md."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from grader.authored.exercise import Exercise
from grader.authored.marked_yaml import Marked, read_yaml
from grader.authored.model import placed, validated
from grader.authored.problems import AuthorProblem, ExerciseError
from grader.authored.spec import Spec
from grader.kinds import KINDS

__all__ = [
    "AuthorProblem",
    "Exercise",
    "ExerciseError",
    "built",
    "from_files",
    "load",
    "read_folder",
]

LARGEST_FILE = 256 * 1024
LARGEST_EXERCISE = 2 * 1024 * 1024
MOST_FILES = 200
SKIPPED = {"__pycache__"}


def load(folder: Path) -> Exercise:
    """The exercise in ``folder``. Raises ExerciseError that names each fault."""
    return from_files(read_folder(folder))


def from_files(files: Mapping[str, str]) -> Exercise:
    """The exercise that these texts, by path, make up. Raises ExerciseError."""
    files = {path: text.replace("\r\n", "\n") for path, text in files.items()}
    _refuse(list(_missing(files)))
    marked = read_yaml(files["exercise.yaml"], file="exercise.yaml")
    exercise = built(marked, files)
    _refuse(placed(list(exercise.spec.gaps(files)), marked))
    return exercise


def built(marked: Marked, files: Mapping[str, str]) -> Exercise:
    """The exercise that answers can be graded with; what publishing asks for may be missing.

    Raises ExerciseError for what is there and wrong.
    """
    files = {path: text.replace("\r\n", "\n") for path, text in files.items()}
    _refuse(list(_oversized(files)))
    spec = _spec(marked)
    _refuse(placed(list(spec.faults(files)), marked))
    return Exercise(
        spec=spec,
        brief=files.get("README.md", ""),
        coach=files.get("coach.md", ""),
        files=files,
    )


def _spec(marked: Marked) -> Spec:
    kind = marked.value.get("kind") if isinstance(marked.value, dict) else None
    if isinstance(kind, str) and kind not in KINDS:
        raise ExerciseError(
            [
                AuthorProblem(
                    file=marked.file,
                    line=marked.line_of(("kind",)),
                    message=f"There is no kind “{kind}”.",
                    remedy=f"Use one of: {', '.join(KINDS)}.",
                )
            ]
        )
    return validated(KINDS[kind].spec if isinstance(kind, str) else Spec, marked)


def _refuse(problems: list[AuthorProblem]) -> None:
    if problems:
        raise ExerciseError(problems)


def _missing(files: Mapping[str, str]) -> Iterator[AuthorProblem]:
    for name, purpose in (
        ("exercise.yaml", "It describes the exercise."),
        ("README.md", "It is what the learner reads."),
        ("coach.md", "It holds the usual mistakes and what not to give away."),
    ):
        if not files.get(name, "").strip():
            yield AuthorProblem(
                file=name, message="The file is missing or empty.", remedy=f"Add it. {purpose}"
            )


def _oversized(files: Mapping[str, str]) -> Iterator[AuthorProblem]:
    sizes = {path: len(text.encode(errors="surrogatepass")) for path, text in files.items()}
    for path, size in sizes.items():
        if size > LARGEST_FILE:
            yield AuthorProblem(
                file=path,
                message=f"The file is larger than {LARGEST_FILE // 1024} KiB.",
                remedy="Make it smaller.",
            )
    if len(files) > MOST_FILES or sum(sizes.values()) > LARGEST_EXERCISE:
        yield AuthorProblem(
            file="exercise.yaml",
            message=f"The folder holds more than {MOST_FILES} files or 2 MiB.",
            remedy="Take out what the exercise doesn't need.",
        )


def read_folder(folder: Path, *, without: Collection[str] = ()) -> dict[str, str]:
    """The folder's texts by relative path, but for the folders in it named in ``without``.

    Raises ExerciseError for links, for what isn't text and for what is too large.
    """
    texts: dict[str, str] = {}
    problems: list[AuthorProblem] = []
    for path in sorted(_paths(folder)):
        name = path.relative_to(folder).as_posix()
        if path.relative_to(folder).parts[0] in without:
            continue
        try:
            texts[name] = _text(path)
        except ValueError as error:
            remedy = "Save it as UTF-8 text, without links to other places."
            problems.append(AuthorProblem(file=name, message=f"{error}", remedy=remedy))
    _refuse(problems)
    return texts


def _paths(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part in SKIPPED for part in parts)
        if not hidden and (path.is_symlink() or path.is_file()):
            yield path


def _text(path: Path) -> str:
    if path.is_symlink():
        raise ValueError("The file is a link.")
    if path.stat().st_size > LARGEST_FILE:
        raise ValueError(f"The file is larger than {LARGEST_FILE // 1024} KiB.")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ValueError(f"The file isn't UTF-8 text from line {line} on.") from error
