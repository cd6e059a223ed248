import pytest
from bookings import NotFree, book


def test_several_rooms():
    bookings = []
    book(bookings, ["12", "13"], 1, 3, "Ann")
    with pytest.raises(NotFree, match="13"):
        book(bookings, ["13", "14"], 2, 4, "Bo")
    book(bookings, ["14"], 2, 4, "Bo")
    assert [each["rooms"] for each in bookings] == [["12", "13"], ["14"]]


def test_leaving_and_coming():
    bookings = []
    book(bookings, ["12"], 1, 5, "Ann")
    book(bookings, ["12"], 5, 7, "Bo")
    assert len(bookings) == 2


def test_no_night():
    with pytest.raises(ValueError):
        book([], ["12"], 5, 5, "Ann")
