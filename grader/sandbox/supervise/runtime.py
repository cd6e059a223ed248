"""What the confined Pythons are: which interpreter, which paths, which user."""

from __future__ import annotations

import os
import stat
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Role = Literal["learner", "tester"]

NOBODY = 65534

_BECOMING = 1 << 0 | 1 << 6 | 1 << 7  # CAP_CHOWN, CAP_SETGID, CAP_SETUID

_DEVICES = {"/dev/null": "write", "/dev/urandom": "read", "/dev/zero": "read"}
_ELSEWHERE = ("/usr/share/zoneinfo", "/etc/localtime", "/etc/ld.so.cache")
_NOT_STDLIB = {"site-packages", "dist-packages"}


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """How to start a template for one role, and what its children may read."""

    role: Role
    executable: str
    path: tuple[str, ...]  # sys.path
    readable: dict[str, str]  # see confine.landlock
    shown: dict[str, str]  # the same as whole folders, for another root: see confine.namespaces
    hidden: tuple[str, ...]  # folders beneath those that are not for it
    user: int | None  # give up root for this one; None: stay who we are


def find(role: Role) -> Runtime:
    """The runtime of a role on this machine: the learner's sees the standard library alone."""
    packages = _packages() if role == "tester" else ()
    readable = {**_stdlib(), **_shared_libraries(), **_DEVICES}
    readable |= dict.fromkeys((*packages, *filter(os.path.exists, _ELSEWHERE)), "read")
    return Runtime(
        role=role,
        executable=sys._base_executable,  # type: ignore[attr-defined]
        path=(*_stdlib_path(), *packages),
        readable={path: use for path, use in readable.items() if Path(path).exists()},
        shown=_shown(readable, whole=(*_stdlib_path(), *packages)),
        hidden=_hidden(packages),
        user=_user(readable),
    )


def _stdlib_path() -> tuple[str, ...]:
    folders = (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"))
    base = Path(os.__file__).parent
    return tuple(dict.fromkeys((str(base), str(base / "lib-dynload"), *_within_base(folders))))


def _within_base(folders: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(folder for folder in folders if folder.startswith(sys.base_prefix))


def _stdlib() -> dict[str, str]:
    """The standard library without the packages installed beneath it; its folder may be listed."""
    readable = {}
    for folder in _stdlib_path():
        readable[folder] = "list"
        if Path(folder).is_dir():
            readable |= {
                str(entry): "read"
                for entry in Path(folder).iterdir()
                if entry.name not in _NOT_STDLIB
            }
    return readable


def _shown(readable: dict[str, str], *, whole: tuple[str, ...]) -> dict[str, str]:
    """Folders as a whole, and what lies elsewhere or is a link to elsewhere."""
    beneath = tuple(f"{folder}/" for folder in whole)
    linked = (str(Path(path).resolve()) for path in readable if Path(path).is_symlink())
    paths = (path for path in (*readable, *linked) if not path.startswith(beneath))
    return {path: "read" for path in (*whole, *paths) if Path(path).exists()}


def _hidden(packages: tuple[str, ...]) -> tuple[str, ...]:
    """The packages beneath the standard library that are nobody's here."""
    beneath = (str(Path(folder, name)) for folder in _stdlib_path() for name in _NOT_STDLIB)
    return tuple(path for path in beneath if Path(path).is_dir() and path not in packages)


def _shared_libraries() -> dict[str, str]:
    """The folders of the C libraries in use: extension modules load theirs from there."""
    with Path("/proc/self/maps").open() as maps:
        mapped = {line.split(maxsplit=5)[5].strip() for line in maps if ".so" in line}
    folders = {str(Path(name).parent) for name in mapped if "/lib/" in name or "/lib64/" in name}
    return {
        folder: "read" for folder in folders if "python" not in folder and "site-" not in folder
    }


def _packages() -> tuple[str, ...]:
    return tuple(dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))))


def _user(readable: dict[str, str]) -> int | None:
    """Nobody, if we are a root that may become nobody, and nobody could read what it needs."""
    if os.geteuid() != 0 or not _may_become_nobody():
        return None
    return NOBODY if all(_open_to_all(Path(path)) for path in readable) else None


def _may_become_nobody() -> bool:
    """A container's root may lack the privileges, and its user namespace the user."""
    status = Path("/proc/self/status").read_text().splitlines()
    (effective,) = (int(line.split()[1], 16) for line in status if line.startswith("CapEff:"))
    return effective & _BECOMING == _BECOMING and all(
        _is_mapped(Path("/proc/self", name).read_text()) for name in ("uid_map", "gid_map")
    )


def _is_mapped(ranges: str) -> bool:
    starts_and_counts = (
        (int(line.split()[0]), int(line.split()[2])) for line in ranges.splitlines()
    )
    return any(start <= NOBODY < start + count for start, count in starts_and_counts)


def _open_to_all(path: Path) -> bool:
    if not path.exists():
        return True
    folders_pass = all(parent.stat().st_mode & stat.S_IXOTH for parent in path.resolve().parents)
    return folders_pass and bool(path.stat().st_mode & stat.S_IROTH)
