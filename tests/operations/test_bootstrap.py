"""The environment is made from the locks, on whatever a machine has to make it with."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from requirements import bootstrap

LOCK = "requirements.txt"


class Machine:
    """A machine whose commands are written down instead of run.

    ``lacks`` names modules that its Python doesn't have, ``broken`` the first words of commands
    that end with an error.
    """

    def __init__(self, root: Path) -> None:
        self.python = root / ".venv" / "bin" / "python"
        self.lacks: set[str] = set()
        self.broken: set[str] = set()
        self.ran: list[str] = []

    def runs(self, *command: object) -> bool:
        words = [str(part) for part in command]
        self.ran.append(" ".join(words))
        if "venv" in words:
            self.python.parent.mkdir(parents=True, exist_ok=True)
            self.python.touch()
        if words[0] == "apt-get":
            self.lacks -= {"ensurepip", "venv"}
        return words[0] not in self.broken

    def run(self, *command: object) -> None:
        if not self.runs(*command):
            raise bootstrap.Stopped(" ".join(map(str, command)))

    def did(self, *parts: str) -> bool:
        return any(all(part in command for part in parts) for command in self.ran)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine(tmp_path)
    (tmp_path / LOCK).write_text("django==5.2.19 --hash=sha256:00\n")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", made.python)
    monkeypatch.setattr(bootstrap, "_runs", made.runs)
    monkeypatch.setattr(bootstrap, "_run", made.run)
    monkeypatch.setattr(bootstrap, "missing", lambda module: module in made.lacks)
    monkeypatch.setattr(shutil, "which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return made


def test_uv_is_used_where_it_works(machine: Machine) -> None:
    bootstrap.install(LOCK)

    assert machine.did("uv venv")
    assert machine.did("uv pip install", "--require-hashes", "--only-binary :all:", LOCK)
    assert not machine.did("-m pip")


def test_pip_does_it_where_uv_is_broken(machine: Machine) -> None:
    machine.broken = {"uv"}

    bootstrap.install(LOCK)

    assert machine.did(f"{sys.executable} -m venv")
    assert machine.did("-m pip", "install", "--require-hashes", "--only-binary :all:", LOCK)


def test_the_systems_pip_fills_an_environment_that_has_none(machine: Machine) -> None:
    machine.broken = {"uv", str(machine.python)}
    machine.lacks = {"ensurepip"}

    bootstrap.install(LOCK)

    assert machine.did("-m venv", "--without-pip")
    assert machine.did(f"{sys.executable} -m pip --python {machine.python} install")


def test_root_gets_what_debian_keeps_apart(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("DEBIAN_FRONTEND", "dialog")
    machine.broken, machine.lacks = {"uv"}, {"ensurepip", "pip"}

    bootstrap.install(LOCK)

    assert machine.did("apt-get", "install", "python3-venv")
    assert machine.did("-m venv")


def test_anyone_else_is_told_the_one_line_to_type(machine: Machine) -> None:
    machine.broken, machine.lacks = {"uv"}, {"ensurepip", "pip"}

    with pytest.raises(bootstrap.Stopped, match="sudo apt-get install -y python3-venv"):
        bootstrap.install(LOCK)

    assert not machine.did("apt-get")


def test_nothing_is_done_while_the_lock_stays_as_it_is(machine: Machine) -> None:
    bootstrap.install(LOCK)
    machine.ran.clear()

    bootstrap.install(LOCK)

    assert not machine.did("install")
    assert not machine.did("venv -q")


def test_a_changed_lock_is_installed(machine: Machine, tmp_path: Path) -> None:
    bootstrap.install(LOCK)
    machine.ran.clear()
    (tmp_path / LOCK).write_text("django==5.2.20 --hash=sha256:00\n")

    bootstrap.install(LOCK)

    assert machine.did("pip install", LOCK)


def test_an_installation_that_broke_off_is_done_again(machine: Machine) -> None:
    machine.broken = {"uv", str(machine.python), sys.executable}
    machine.lacks = {"pip"}
    with pytest.raises(bootstrap.Stopped):
        bootstrap.install(LOCK)
    machine.broken = set()
    machine.ran.clear()

    bootstrap.install(LOCK)

    assert machine.did("pip install", LOCK)


def test_an_old_python_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))

    with pytest.raises(bootstrap.Stopped, match=r"Python 3\.11 or newer is needed"):
        bootstrap.check_python()


def test_the_python_at_hand_is_used_as_it_is_when_asked(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOTSTRAP", "off")

    bootstrap.enter(LOCK)

    assert machine.ran == []
