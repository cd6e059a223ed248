from late_fees import late_fee


def test_two_days_are_free():
    assert late_fee(2) == 0
    assert late_fee(3) == 50


def test_there_is_a_highest_fee():
    assert late_fee(100) == 600


def test_members_pay_half_rounded_up():
    assert late_fee(3, member=True, per_day=25) == 13


def test_early_is_free():
    assert late_fee(-5) == 0
