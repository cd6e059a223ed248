import pytest
from shop import remaining, search_in, delete_in, is_all_or_nothing


def test_finds():
    assert search_in("ann") == [(2, "Annika"), (1, "Joanna")]


def test_a_quote_mark_is_text():
    assert search_in("o'n") == [(3, "Pat O'Neil")]


def test_nothing_typed_is_a_query():
    assert search_in("zz' or 1=1 --") == []


def test_deleting():
    assert delete_in(1) == (2, 0)


def test_all_or_nothing():
    assert is_all_or_nothing(9)
