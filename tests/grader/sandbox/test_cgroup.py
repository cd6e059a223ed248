"""A control group where one is delegated: a tree of files stands in for the kernel's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.sandbox.supervise import cgroup


def tree(folder: Path) -> tuple[Path, Path]:
    (folder / "cgroup.controllers").write_text("cpu memory pids")
    own = folder / "own"
    own.write_text("0::/\n")
    return folder, own


def test_a_container_s_whole_tree_is_a_place_for_a_group_with_limits(tmp_path: Path) -> None:
    root, own = tree(tmp_path)
    group = cgroup.claim(root=root, own=own)
    group.add(4711)
    assert group.path.parent == root
    assert (group.path / "memory.max").read_text() == str(cgroup.MEMORY)
    assert (group.path / "pids.max").read_text() == str(cgroup.TASKS)
    assert (group.path / "cgroup.procs").read_text() == "4711"
    assert (root / "cgroup.subtree_control").read_text() == "+memory +pids"


def test_a_group_that_systemd_delegated_is_found_from_the_one_beneath(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, own = tree(tmp_path)
    unit = root / "system.slice" / "worker.service"
    (unit / "main").mkdir(parents=True)
    own.write_text("12:cpu:/elsewhere\n0::/system.slice/worker.service/main\n")
    with pytest.raises(cgroup.NoGroup, match="no control group is delegated"):
        cgroup.claim(root=root, own=own)
    marked = {(unit, "user.delegate"): b"1"}
    monkeypatch.setattr(os, "getxattr", lambda path, name: marked.get((path, name), b""))
    assert cgroup.claim(root=root, own=own).path.parent == unit


def test_without_control_groups_it_is_said_why(tmp_path: Path) -> None:
    with pytest.raises(cgroup.NoGroup, match="no control groups of version 2"):
        cgroup.claim(root=tmp_path)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    root, own = tree(tmp_path)
    (root / "cgroup.subtree_control").mkdir()
    with pytest.raises(cgroup.NoGroup, match=str(root)):
        cgroup.claim(root=root, own=own)


def test_groups_of_workers_that_were_killed_are_removed(tmp_path: Path) -> None:
    root, own = tree(tmp_path)
    (root / "countersign-1-1").mkdir()
    cgroup.claim(root=root, own=own)
    assert not (root / "countersign-1-1").exists()
