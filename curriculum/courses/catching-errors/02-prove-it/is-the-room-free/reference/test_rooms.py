from rooms import is_free

ANN = [("12", 5, 9)]


def test_stays_may_touch():
    assert is_free(ANN, "12", 9, 11)
    assert is_free(ANN, "12", 3, 5)


def test_every_way_of_sharing_a_night():
    assert not is_free(ANN, "12", 8, 11)
    assert not is_free(ANN, "12", 3, 6)
    assert not is_free(ANN, "12", 6, 7)
    assert not is_free(ANN, "12", 3, 11)
    assert not is_free(ANN, "12", 5, 9)


def test_all_bookings_are_looked_at():
    assert not is_free([("12", 1, 2), *ANN], "12", 6, 7)


def test_other_rooms_do_not_matter():
    assert is_free(ANN, "13", 5, 9)
