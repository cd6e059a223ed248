"""Folders in a zip file: written the same each time, and read as if a stranger had made it.

What is read is counted while it is unpacked, so that a small file that claims to be small and
isn't is noticed in time. Links, odd names and anything but UTF-8 text are refused by name.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import PurePosixPath

from countersign.authoring.limits import Unkeepable
from grader.authored.problems import AuthorProblem
from grader.exercise import LARGEST_FILE

MOST_ENTRIES = 500
LARGEST_UNPACKED = 20 * 1024 * 1024
LARGEST_ZIP = 5 * 1024 * 1024
DEEPEST = 8
SKIPPED = {"__pycache__", "__MACOSX", ".DS_Store", ".git"}
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_CHUNK = 64 * 1024


def packed(files: Mapping[str, str]) -> bytes:
    """The files as a zip: the same bytes for the same texts, whenever it is made."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _ALWAYS)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[path].encode())
    return held.getvalue()


def unpacked(content: bytes) -> dict[str, str]:
    """The texts of a zip by path. Raises Unkeepable that names each entry at fault; nothing of
    such a file is used."""
    if len(content) > LARGEST_ZIP:
        raise _refused("", f"The file is larger than {LARGEST_ZIP // 1024**2} MiB.", "Split it.")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _read(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        OSError,
        RuntimeError,
    ) as error:
        raise _refused(
            "", "This isn't a zip file that can be read.", "Make it again, without a password."
        ) from error


def _read(archive: zipfile.ZipFile) -> dict[str, str]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_ENTRIES:
        raise _refused(
            "",
            f"There are {len(entries)} files; {MOST_ENTRIES} are the most.",
            "Bring them in in several goes.",
        )
    problems = [problem for entry in entries for problem in _faults(entry)]
    names = [entry.filename for entry in entries]
    problems += [
        _problem(name[:120], "The name is here twice.", "Keep one of the two.")
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    if problems:
        raise Unkeepable(problems)
    texts: dict[str, str] = {}
    room = LARGEST_UNPACKED
    for entry in entries:
        if _is_skipped(entry.filename):
            continue
        body = _body(archive, entry, room=room)
        room -= len(body)
        texts[entry.filename] = _text(entry.filename, body)
    return texts


def _faults(entry: zipfile.ZipInfo) -> Iterator[AuthorProblem]:
    name = entry.filename
    path = PurePosixPath(name)
    shown = name[:120]
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        yield _problem(shown, "It is a link or something else that isn't a file.", "Take it out.")
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\x00" in name:
        yield _problem(shown, "It lies outside the folder.", "Use names inside the folder only.")
    if len(path.parts) > DEEPEST or len(name) > 240:
        yield _problem(shown, "It lies too deep.", f"Use at most {DEEPEST} folders.")
    if entry.flag_bits & 0x1:
        yield _problem(shown, "It is locked with a password.", "Make the zip without one.")


def _is_skipped(name: str) -> bool:
    return any(part in SKIPPED or part.startswith("._") for part in PurePosixPath(name).parts)


def _body(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, room: int) -> bytes:
    """What is really in it, read only as far as there is room."""
    held = bytearray()
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            held += chunk
            if len(held) > LARGEST_FILE:
                limit = LARGEST_FILE // 1024
                raise _refused(
                    entry.filename, f"The file is larger than {limit} KiB.", "Make it smaller."
                )
            if len(held) > room:
                most = LARGEST_UNPACKED // 1024**2
                raise _refused(
                    "", f"Unpacked it is larger than {most} MiB.", "Bring it in in several goes."
                )
    return bytes(held)


def _text(name: str, body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise Unkeepable(
            [
                AuthorProblem(
                    file=name,
                    line=line,
                    message="The file isn't UTF-8 text.",
                    remedy="Save it as UTF-8.",
                )
            ]
        ) from error


def _problem(file: str, message: str, remedy: str) -> AuthorProblem:
    return AuthorProblem(file=file, message=message, remedy=remedy)


def _refused(file: str, message: str, remedy: str) -> Unkeepable:
    return Unkeepable([_problem(file, message, remedy)])
