from phones import tidy_number


def test_signs_make_no_difference():
    assert tidy_number("(0113) 496-01/02") == "01134960102"


def test_a_plus_stays():
    assert tidy_number(" +44 113 496 0102") == "+441134960102"


def test_two_zeros_are_a_plus():
    assert tidy_number("0044 113 4960102") == "+441134960102"


def test_six_digits_are_enough():
    assert tidy_number("496010") == "496010"
    assert tidy_number("49601") is None
    assert tidy_number("00496010") == "+496010"
