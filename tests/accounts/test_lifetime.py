"""How long a session lives."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from countersign.common import clock
from tests.cast import Cast


@pytest.mark.parametrize(
    ("who", "later", "still_in"),
    [
        ("ada", timedelta(days=6), True),
        ("ada", timedelta(days=8), False),
        ("olu", timedelta(hours=11), True),
        ("olu", timedelta(hours=13), False),
    ],
)
def test_a_session_ends_however_busy_it_is(
    client: Client, people: Cast, who: str, later: timedelta, *, still_in: bool
) -> None:
    client.force_login(getattr(people, who))
    with clock.pretend(clock.now() + later):
        assert (client.get("/me/sharing/").status_code == 200) is still_in
