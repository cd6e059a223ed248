"""pytest, set up once in the template; each child performs one suite on it.

Setting up takes many times as long as a small suite does. pytest has no public way of doing it
beforehand, so this uses what ``pytest.main`` itself is made of (``_pytest``).
"""

from __future__ import annotations

import os
import sys
from contextlib import chdir

import pytest
from _pytest.config import ConftestImportFailure, _prepareconfig
from _pytest.main import _main

_OPTIONS = (
    "--capture=sys", "--tb=short", "-q", "-p", "no:cacheprovider",
    "-p", "no:faulthandler", "-p", "no:junitxml", "-p", "no:pastebin",
    "-p", "no:doctest", "-p", "no:stepwise", "-p", "no:logging",
    "-c", os.devnull, "--import-mode=importlib",
)  # fmt: skip

_REHEARSAL = """
import unittest
import pytest

@pytest.fixture(params=[1, 2])
def number(request): yield request.param

@pytest.mark.parametrize("a, b", [(1, 1), (2, 3)])
def test_parameters(a, b): assert a == b
def test_fixture(number, tmp_path): assert number + 1 == 2
def test_raises():
    with pytest.raises(ValueError, match="x"): raise ValueError("x")
def test_lists(): assert [1, 2, {"a": 1}] == [1, 2, {"a": 2}]
def test_text(): assert "abc\\nd" == "abd\\nd"
def test_capture(capsys, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda prompt="": "1")
    print(input())
    assert capsys.readouterr().out == "1\\n"
def test_about(): assert 0.1 + 0.2 == pytest.approx(0.3)
def test_not_about(): assert 0.1 + 0.3 == pytest.approx(0.3)

class TestOne(unittest.TestCase):
    def setUp(self): self.value = 1
    def test_equal(self): self.assertEqual(self.value, 1)
    def test_parts(self):
        for part in (1, 2):
            with self.subTest(part=part): self.assertEqual(part, 1)
"""


_IN_EACH_CHILD = """
import pytest

@pytest.fixture
def number(): return 1

@pytest.mark.parametrize("a", [1])
def test_parameters(a, number): assert a == number
def test_raises():
    with pytest.raises(ValueError, match="x"): raise ValueError("x")
def test_about(): assert 0.1 + 0.2 == pytest.approx(0.3)
"""
"""Less than above: what is touched here is there twice, once in each child."""


class Stage:
    """One session of pytest that has begun and has collected nothing yet."""

    def __init__(self, folder: str, *, shared: str) -> None:
        """Rehearse in this folder, then set up for whatever tests will be put into it.

        ``shared`` is for files that a test makes and the program reads.
        """
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        os.environ["TMPDIR"] = shared
        options = [*_OPTIONS, f"--rootdir={folder}", f"--confcutdir={folder}"]
        options.append(f"--basetemp={shared}/tmp")  # noqa: S108  (our own folder)
        with chdir(folder):
            _rehearse(options)
            self._rehearsal = _collected([*options, "-s"])
            self.config = _configured([*options, folder])
            self.session = _begun(self.config)

    def rehearse(self) -> None:
        """Touch now what tests will need, so that this process has its own copy of it.

        Runs what was collected long before: nothing in the folder is read.
        """
        for item in self._rehearsal:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)

    def perform(self, tests: list[str], *, reporter: object) -> tuple[int, str]:
        """Run these files: pytest's status, and its words if it couldn't.

        Raises ConftestImportFailure if a conftest can't be imported.
        """
        self.config.args = tests
        self.config.pluginmanager.register(reporter)
        try:
            self._load_conftests(tests)
            status = self._run()
        except pytest.UsageError as problem:
            return int(pytest.ExitCode.USAGE_ERROR), str(problem)
        self.config.hook.pytest_sessionfinish(session=self.session, exitstatus=status)
        return int(status), ""

    def _load_conftests(self, tests: list[str]) -> None:
        """They come too late for the start of the session, so it is told to them alone."""
        plugins = self.config.pluginmanager
        before = plugins.get_plugins()
        plugins._dirpath2confmods.clear()
        plugins._set_initial_conftests(
            args=tests,
            pyargs=False,
            noconftest=False,
            rootpath=self.config.rootpath,
            confcutdir=self.config.rootpath,
            invocation_dir=self.config.invocation_params.dir,
            importmode="importlib",
            consider_namespace_packages=False,
        )
        started = plugins.subset_hook_caller("pytest_sessionstart", remove_plugins=before)
        started(session=self.session)

    def _run(self) -> int | pytest.ExitCode:
        self.session.exitstatus = pytest.ExitCode.OK
        try:
            self.session.exitstatus = _main(self.config, self.session) or pytest.ExitCode.OK
        except self.session.Failed:
            self.session.exitstatus = pytest.ExitCode.TESTS_FAILED
        except (KeyboardInterrupt, pytest.exit.Exception):
            self.session.exitstatus = pytest.ExitCode.INTERRUPTED
        return self.session.exitstatus


def _configured(arguments: list[str]) -> pytest.Config:
    config = _prepareconfig(arguments)
    config._do_configure()
    plugins = config.pluginmanager
    terminal = plugins.get_plugin("terminalreporter")
    for hook in plugins.get_hookcallers(terminal) or ():
        hook._remove_plugin(terminal)  # what it would write is for nobody
    return config


def _begun(config: pytest.Config) -> pytest.Session:
    session = pytest.Session.from_config(config)
    config.hook.pytest_sessionstart(session=session)
    return session


def _rehearse(options: list[str]) -> None:
    """Load and warm what most suites use, so that no child has to."""
    pytest.main([*options, _written("test_rehearsal.py", _REHEARSAL)])


def _collected(options: list[str]) -> list[pytest.Item]:
    """The tests that each child runs before it waits, in a session that goes no further."""
    hooks = list(sys.meta_path)
    session = _begun(_configured([*options, _written("test_in_each_child.py", _IN_EACH_CHILD)]))
    items = list(session.perform_collect())
    sys.meta_path[:] = hooks
    return items


def _written(name: str, text: str) -> str:
    with open(name, "w") as suite:  # noqa: PTH123  (no pathlib in a template)
        suite.write(text)
    return name


__all__ = ["ConftestImportFailure", "Stage"]
