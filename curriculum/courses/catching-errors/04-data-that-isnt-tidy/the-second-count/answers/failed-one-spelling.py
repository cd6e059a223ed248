from counts import merged


def test_zero_and_none():
    first = {"rice": 4, "peas": 2}
    assert merged(first, {"rice": 0, "peas": None}) == {"rice": 0, "peas": 2}
    assert first == {"rice": 4, "peas": 2}
