from counts import merged


def test_an_empty_shelf_is_a_count():
    assert merged({"rice": 4}, {"rice": 0}) == {"rice": 0}


def test_a_shelf_that_was_not_counted_again():
    assert merged({"rice": 4, "peas": 2}, {"rice": None}) == {"rice": 4, "peas": 2}


def test_names_in_another_spelling():
    assert merged({"Rice": 4}, {" rice ": 5}) == {"rice": 5}
    assert merged({" rice": 4}, {"RICE": 5}) == {"rice": 5}


def test_the_first_count_stays():
    first = {"rice": 4}
    merged(first, {"rice": 9, "peas": 1})
    assert first == {"rice": 4}
