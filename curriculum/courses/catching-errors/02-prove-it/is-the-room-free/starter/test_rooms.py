from rooms import is_free

ANN = [("12", 5, 9)]


def test_an_empty_house_is_free():
    assert is_free([], "12", 1, 3)
