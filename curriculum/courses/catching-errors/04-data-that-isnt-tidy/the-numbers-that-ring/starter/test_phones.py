from phones import tidy_number


def test_spaces():
    assert tidy_number("0113 496 0102") == "01134960102"
