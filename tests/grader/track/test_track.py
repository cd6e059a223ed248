"""Other people's tests, unmodified: the grader and plain pytest agree, test by test."""

from __future__ import annotations

import os

import pytest

from grader.engine import Tools
from tests.grader.track.compare import differences
from tests.grader.track.reading import TRACK

MOST_MUTANTS = int(os.environ.get("TRACK_MUTANTS", "1"))
"""Mutants of each solution; more are tried by ``python -m tests.grader.track``."""


@pytest.mark.parametrize("name", TRACK)
def test_the_grader_agrees_with_plain_pytest(name: str, tools: Tools) -> None:
    assert list(differences(TRACK[name], tools=tools, most_mutants=MOST_MUTANTS)) == []
