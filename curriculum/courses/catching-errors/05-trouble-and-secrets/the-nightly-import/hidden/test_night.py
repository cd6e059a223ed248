import json

import pytest
from morning import morning_after
from night import AlreadyRunning, nightly

GOOD = {"id": "a1", "room": "101", "nights": 2}


def test_a_good_night():
    two = [GOOD, {"id": "a2", "room": "102", "nights": 1}]
    assert morning_after(json.dumps(two)) == (2, {"old": 500, "a1": 1800, "a2": 700}, 1, False)


def test_a_night_without_bookings():
    assert morning_after("[]") == (0, {"old": 500}, 1, False)


def test_no_file_is_an_error():
    came, store, messages, running = morning_after(None)
    assert isinstance(came, str)
    assert (store, messages, running) == ({"old": 500}, 1, False)


def test_a_broken_file_is_an_error():
    assert isinstance(morning_after("[{")[0], str)


def test_a_room_without_a_rate_is_an_error():
    came, store, messages, _ = morning_after(json.dumps([{**GOOD, "room": "999"}]))
    assert isinstance(came, str)
    assert (store, messages) == ({"old": 500}, 1)


def test_all_or_none():
    came, store, messages, running = morning_after(json.dumps([GOOD, {"id": "a2", "room": "102"}]))
    assert isinstance(came, str)
    assert (store, messages, running) == ({"old": 500}, 1, False)


def test_one_at_a_time():
    with pytest.raises(AlreadyRunning):
        nightly("[]", {}, {}, {"running": True, "messages": []})
