from datetime import date

import pytest
from waits import busiest_hours, day_sheet, wait_minutes


def visit(came, seen="09:59", day="2026-03-05", seen_day="2026-03-05"):
    return {"came": f"{day}T{came}", "seen": f"{seen_day}T{seen}"}


def test_a_wait():
    assert wait_minutes(visit("08:40", "09:05")) == 25


def test_past_midnight():
    assert wait_minutes(visit("23:50", "00:20", seen_day="2026-03-06")) == 30


def test_a_wait_over_a_day():
    assert wait_minutes(visit("08:00", "09:00", seen_day="2026-03-06")) == 1500


def test_the_wrong_way_round_is_refused():
    with pytest.raises(ValueError):
        wait_minutes(visit("09:05", "08:40"))


def test_busiest_hours():
    times = ["10:10", "10:20", "08:05", "08:50", "08:55", "09:00"]
    assert busiest_hours([visit(came) for came in times]) == [8, 10]


def test_the_date_on_the_sheet():
    assert day_sheet(date(2026, 3, 5), [])[0] == "Waits on 05.03.2026"


def test_a_quiet_day():
    assert day_sheet(date(2026, 3, 5), [])[1:] == ["longest: 0", "middle: None"]


def test_middle_and_longest():
    visits = [visit("08:00", "08:10"), visit("08:00", "08:40"), visit("08:00", "08:20")]
    assert day_sheet(date(2026, 3, 5), visits)[1:] == ["longest: 40", "middle: 20"]
