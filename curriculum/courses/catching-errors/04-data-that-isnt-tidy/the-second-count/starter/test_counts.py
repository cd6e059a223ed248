from counts import merged


def test_a_second_count_replaces_the_first():
    assert merged({"rice": 4}, {"rice": 9}) == {"rice": 9}
