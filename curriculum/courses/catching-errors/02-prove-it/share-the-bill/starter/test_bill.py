from bill import split


def test_an_even_bill():
    assert split(100, 4) == [25, 25, 25, 25]
