"""Tests for the tickets and seats of the old ferry."""

import pytest

from ferry import board, group_price, ticket


@pytest.mark.parametrize(
    ("age", "kroner"),
    [(6, 60), (17, 60), (18, 120), (80, 120)],
)
def test_a_ticket(age, kroner):
    assert ticket(age) == kroner


def test_small_children_travel_free():
    assert ticket(5) == 0


def test_a_family_pays_by_age():
    assert group_price([40, 38, 10, 4]) == 120 + 120 + 60 + 0


def test_nine_people_pay_by_age():
    assert group_price([30] * 9) == 1080


def test_ten_people_are_a_group():
    assert group_price([30] * 8 + [10, 4]) == 900


def test_the_last_seat_is_sold():
    guests = ["Ola"] * 11
    assert board(guests, ["Kim"]) == ["Ola"] * 11 + ["Kim"]


def test_a_group_that_does_not_fit_stays_ashore():
    guests = ["Ola"] * 11
    assert board(guests, ["Kim", "Bo"]) == ["Ola"] * 11


def test_the_list_that_was_handed_in_is_left_alone():
    guests = ["Ola"]
    board(guests, ["Kim"])
    assert guests == ["Ola"]
