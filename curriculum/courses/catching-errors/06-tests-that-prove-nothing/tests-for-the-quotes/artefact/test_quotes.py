"""Tests for the quotes of the repair shop."""

import pytest

from quotes import cheapest, half_hours, quote


def test_half_hours():
    for minutes in (0, 30, 60, 90, 120):
        assert half_hours(minutes) == minutes / 30


def test_parts_and_work():
    assert quote([25, 20], 60) == 25 + 20 + 30 + 30


def test_no_parts():
    assert quote([], 30) == 30


def test_same_day():
    assert quote([45], 60, same_day=True) > quote([45], 60)


def test_less_than_no_time():
    # An impossible time has to be refused
    with pytest.raises(Exception):
        quote(10, -5)


def test_cheapest():
    assert cheapest({"screen": 90, "battery": 60, "speaker": 75}) == "battery"


def test_equal_offers():
    assert cheapest({"new": 80, "mended": 80}) == "mended"


def test_no_offers():
    assert cheapest({}) is None
