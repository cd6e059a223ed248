"""How large a manuscript may be, and how its files may be called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from countersign.common.text import UnstorableText, storable
from grader.authored.problems import AuthorProblem
from grader.exercise import LARGEST_EXERCISE, LARGEST_FILE, MOST_FILES

DEEPEST = 4
LONGEST_PATH = 120
PART = re.compile(r"^[A-Za-z0-9_][A-Za-z0-9_.\-]{0,63}$")


class Unkeepable(Exception):
    """Texts that can't be kept. ``problems`` names each with its remedy; nothing was changed."""

    def __init__(self, problems: list[AuthorProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def refuse_unkeepable(files: Mapping[str, str]) -> None:
    """Raises Unkeepable for names, sizes and characters that can't be kept."""
    problems = [*_names(files), *_sizes(files), *_characters(files)]
    if problems:
        raise Unkeepable(problems)


def is_path(path: str) -> bool:
    """Whether a file of an exercise may be called this: inside the folder, and plain."""
    parts = path.split("/")
    return len(path) <= LONGEST_PATH and len(parts) <= DEEPEST and all(map(PART.match, parts))


def _names(files: Mapping[str, str]) -> Iterator[AuthorProblem]:
    for path in files:
        if not is_path(path):
            yield AuthorProblem(
                file=path[:LONGEST_PATH],
                message="A file can't be called this.",
                remedy="Use letters, digits, hyphens and dots, and stay inside the folder.",
            )
        elif any(other.startswith(f"{path}/") for other in files):
            yield AuthorProblem(
                file=path,
                message="A file and a folder have the same name.",
                remedy="Rename one of them.",
            )


def _sizes(files: Mapping[str, str]) -> Iterator[AuthorProblem]:
    sizes = {path: len(text.encode(errors="surrogatepass")) for path, text in files.items()}
    for path, size in sizes.items():
        if size > LARGEST_FILE:
            yield AuthorProblem(
                file=path,
                message=f"The file has {size // 1024} KiB; {LARGEST_FILE // 1024} are the most.",
                remedy="Make it smaller.",
            )
    if len(files) > MOST_FILES:
        yield AuthorProblem(
            file="", message=f"There are more than {MOST_FILES} files.", remedy="Take some out."
        )
    if sum(sizes.values()) > LARGEST_EXERCISE:
        yield AuthorProblem(
            file="",
            message=f"All files together have more than {LARGEST_EXERCISE // 1024**2} MiB.",
            remedy="Take out what the exercise doesn't need.",
        )


def _characters(files: Mapping[str, str]) -> Iterator[AuthorProblem]:
    for path, text in files.items():
        try:
            storable(text)
        except UnstorableText as error:
            yield AuthorProblem(file=path, message=str(error), remedy="Take the character out.")
