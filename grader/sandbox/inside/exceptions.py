"""A learner's exception in words: its name, its message, and only the learner's own frames."""

from __future__ import annotations

import builtins
import linecache
from collections.abc import Collection
from types import TracebackType
from typing import Any

_MOST_FRAMES = 8
_MOST_MESSAGE = 1000
_BUILTIN = {kind for kind in vars(builtins).values() if isinstance(kind, type)}


def in_words(
    problem: BaseException, *, folder: str, files: Collection[str] | None = None
) -> dict[str, Any]:
    """Plain JSON. ``folder`` is where the learner's files are; other frames are left out, and
    those of other files there, if ``files`` names the learner's."""
    frames = _own_frames(problem.__traceback__, folder)
    frames = [frame for frame in frames if files is None or frame[0] in files]
    place = _place_of_syntax(problem, folder) or (frames[-1][:2] if frames else ("", 0))
    name, message = name_of(type(problem)), message_of(problem)
    return {
        "name": name,
        "bases": builtin_classes(type(problem)),
        "message": message,
        "file": place[0],
        "line": place[1],
        "traceback": _as_text(frames, folder, f"{name}: {message}" if message else name),
    }


def name_of(kind: type) -> str:
    return str(type.__dict__["__name__"].__get__(kind))[:80]


def builtin_classes(kind: type) -> list[str]:
    """The built-in exception classes it is, nearest first, itself included."""
    return [base.__name__ for base in kind.__mro__ if base in _BUILTIN and base is not object]


def message_of(problem: BaseException) -> str:
    try:
        return str(problem)[:_MOST_MESSAGE]
    except BaseException:  # a learner's __str__ may do anything
        return ""


def _own_frames(trace: TracebackType | None, folder: str) -> list[tuple[str, int, str]]:
    frames = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename.startswith(folder + "/"):
            frames.append((code.co_filename[len(folder) + 1 :], trace.tb_lineno, code.co_name))
        trace = trace.tb_next
    return frames


def _place_of_syntax(problem: BaseException, folder: str) -> tuple[str, int] | None:
    """Where the source does not parse; that is not a frame."""
    if not isinstance(problem, SyntaxError):
        return None
    file, line = problem.filename, problem.lineno
    if type(file) is not str or type(line) is not int or not file.startswith(folder + "/"):
        return None
    return file[len(folder) + 1 :], line


def _as_text(frames: list[tuple[str, int, str]], folder: str, last: str) -> str:
    lines = ["Traceback (most recent call last):"] if frames else []
    if len(frames) > _MOST_FRAMES:
        half = _MOST_FRAMES // 2
        shown = [*frames[:half], None, *frames[-half:]]
    else:
        shown = [*frames]
    for frame in shown:
        lines += _frame_text(frame, folder) if frame else ["  …"]
    return "\n".join([*lines, last])


def _frame_text(frame: tuple[str, int, str], folder: str) -> list[str]:
    file, line, function = frame
    source = linecache.getline(f"{folder}/{file}", line).strip()[:200]
    place = f'  File "{file}", line {line}, in {function}'
    return [place, f"    {source}"] if source else [place]
