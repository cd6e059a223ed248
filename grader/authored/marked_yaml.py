"""YAML for authors: safe, with the line of each value, and without YAML's surprises.

Only ``true`` and ``false`` are booleans and a date stays text, so ``- text: No`` is the word
"No". Duplicate keys, aliases, tags and over-large files are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from grader.authored.problems import AuthorProblem, ExerciseError

LARGEST_YAML = 128 * 1024
DEEPEST_YAML = 20
_TYPES = {"null", "bool", "int", "float", "str"}

Path = tuple[str | int, ...]


# libyaml reads several times faster; both are safe loaders and agree on what they read.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlainLoader(_SafeLoader):  # type: ignore[misc]
    """YAML 1.2's core types only: null, true, false, int, float, text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"^(?:true|false)$", ["t", "f"]),
    ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", list("-+0123456789")),
    ("float", r"^[-+]?(?:[0-9]+\.[0-9]+)(?:[eE][-+]?[0-9]+)?$", list("-+0123456789")),
):
    _PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A YAML file's value, and where each part of it stands."""

    file: str
    value: Any
    lines: Mapping[Path, int]

    def line_of(self, path: Path) -> int:
        """The line of ``path``, or of the nearest part around it that the file has."""
        known: Path = ()
        for step in path:
            if (*known, step) in self.lines:
                known = (*known, step)
        return self.lines.get(known, 1)

    def known_steps(self, path: Path) -> Path:
        """``path`` without the steps in its middle that no author wrote (a union's tags)."""
        known: Path = ()
        for step in path[:-1]:
            if (*known, step) in self.lines:
                known = (*known, step)
        return (*known, *path[-1:])


def read_yaml(text: str, *, file: str, first_line: int = 1) -> Marked:
    """Read one YAML document. Raises ExerciseError naming file, line and remedy.

    ``first_line`` is where the YAML begins when it is a part of a larger file.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST_YAML:
        limit = LARGEST_YAML // 1024
        raise _refusal(file, 0, f"The file is larger than {limit} KiB.", "Split the exercise.")
    reader = _Reader(file=file, offset=first_line)
    return Marked(file=file, value=reader.read(text), lines=reader.lines)


def _refusal(file: str, line: int, message: str, remedy: str) -> ExerciseError:
    return ExerciseError([AuthorProblem(file=file, line=line, message=message, remedy=remedy)])


class _Reader:
    def __init__(self, *, file: str, offset: int) -> None:
        self.file = file
        self.offset = offset
        self.lines: dict[Path, int] = {}
        self._scalars = _PlainLoader("")

    def read(self, text: str) -> Any:
        try:
            self._refuse_aliases(text)
            node = yaml.compose(text, Loader=_PlainLoader)
        except yaml.MarkedYAMLError as error:
            raise self._unreadable(error) from error
        except (yaml.YAMLError, UnicodeEncodeError, RecursionError) as error:
            raise _refusal(
                self.file, 0, "This isn't YAML that can be read.", "Look for odd characters."
            ) from error
        return None if node is None else self._value(node, ())

    def _refuse_aliases(self, text: str) -> None:
        depth = 0
        for event in yaml.parse(text, Loader=_PlainLoader):
            if isinstance(event, yaml.AliasEvent):
                raise self._refuse(event, "Aliases (*name) aren't read here.", "Write it out.")
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST_YAML:
                raise self._refuse(event, "The lists are nested too deeply.", "Flatten them.")

    def _value(self, node: yaml.Node, path: Path) -> Any:
        self.lines.setdefault(path, node.start_mark.line + self.offset)
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, path))
        if isinstance(node, yaml.SequenceNode):
            return [self._value(each, (*path, at)) for at, each in enumerate(node.value)]
        return self._scalar(node)

    def _pairs(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[Any, Any]]:
        seen: set[Any] = set()
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key in seen:
                raise self._refuse(
                    key_node, f"The key “{key}” is here twice.", "Keep one of the two."
                )
            seen.add(key)
            self.lines[(*path, key)] = key_node.start_mark.line + self.offset
            yield key, self._value(value_node, (*path, key))

    def _key(self, node: yaml.Node) -> str | int:
        key = self._scalar(node) if isinstance(node, yaml.ScalarNode) else None
        if isinstance(key, str | int) and not isinstance(key, bool):
            return key
        raise self._refuse(node, "A key has to be a word or a whole number.", "Put it in quotes.")

    def _scalar(self, node: yaml.Node) -> Any:
        if node.tag.removeprefix("tag:yaml.org,2002:") not in _TYPES:
            raise self._refuse(node, f"The tag “{node.tag}” isn't read here.", "Take it out.")
        try:
            return self._scalars.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            raise self._refuse(node, "This value can't be read.", "Put it in quotes.") from error

    def _refuse(self, where: yaml.Node | yaml.Event, message: str, remedy: str) -> ExerciseError:
        mark = where.start_mark
        return _refusal(self.file, mark.line + self.offset if mark else 0, message, remedy)

    def _unreadable(self, error: yaml.MarkedYAMLError) -> ExerciseError:
        mark = error.problem_mark or error.context_mark
        line = mark.line + self.offset if mark else 0
        return _refusal(
            self.file,
            line,
            f"This isn't YAML that can be read: {error.problem or error.context}.",
            "Check the indentation, and put text with : # , or ? in quotes.",
        )
