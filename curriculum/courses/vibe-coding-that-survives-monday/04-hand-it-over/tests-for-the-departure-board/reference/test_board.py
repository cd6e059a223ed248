from board import announcement


def test_up_to_two_minutes_are_on_time():
    assert announcement(2) == "on time"
    assert announcement(-4) == "on time"


def test_from_three_minutes_on_it_says_so():
    assert announcement(3) == "3 min late"
    assert announcement(59) == "59 min late"


def test_hours_and_minutes():
    assert announcement(60) == "1 h 0 min late"
    assert announcement(135) == "2 h 15 min late"
