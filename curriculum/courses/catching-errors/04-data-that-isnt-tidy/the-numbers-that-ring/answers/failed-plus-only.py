from phones import tidy_number


def test_abroad():
    assert tidy_number(" +44 113 4960102") == "+441134960102"


def test_signs():
    assert tidy_number("(0113) 496-0102") == "01134960102"


def test_length():
    assert tidy_number("123456") == "123456"
    assert tidy_number("12345") is None
