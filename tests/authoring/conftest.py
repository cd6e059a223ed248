"""A manuscript of Northgate's, written by Ben."""

from __future__ import annotations

import pytest

from countersign.authoring.models import Manuscript
from countersign.authoring.services.writing import begin
from tests.cast import Cast


@pytest.fixture
def manuscript(people: Cast) -> Manuscript:
    """A code exercise, just begun."""
    return begin(organisation=people.northgate, kind="code", actor=people.ben)
