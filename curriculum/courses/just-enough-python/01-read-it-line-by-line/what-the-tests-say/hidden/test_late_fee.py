from solution import late_fee


def test_two_days_late_is_free():
    assert late_fee(2, 1) == 0


def test_the_third_day_costs_50():
    assert late_fee(3, 1) == 50


def test_each_tool_counts():
    assert late_fee(4, 3) == 300


def test_on_time_is_free():
    assert late_fee(0, 1) == 0


def test_one_day_late_is_free_for_many_tools():
    assert late_fee(1, 6) == 0


def test_a_long_delay():
    assert late_fee(33, 1) == 1550


def test_two_tools_for_a_week():
    assert late_fee(9, 2) == 700
