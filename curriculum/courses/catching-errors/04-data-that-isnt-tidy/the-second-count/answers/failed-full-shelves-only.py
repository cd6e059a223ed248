from counts import merged


def test_replaces():
    assert merged({"Rice": 4}, {" rice": 9}) == {"rice": 9}


def test_keeps():
    assert merged({"rice": 4}, {"rice": None}) == {"rice": 4}
