from phones import tidy_number


def test_home():
    assert tidy_number("0113 496-0102") == "01134960102"


def test_abroad():
    assert tidy_number("+44 113 4960102") == "+441134960102"
    assert tidy_number("0044 113 4960102") == "+441134960102"


def test_too_short():
    assert tidy_number("123") is None
