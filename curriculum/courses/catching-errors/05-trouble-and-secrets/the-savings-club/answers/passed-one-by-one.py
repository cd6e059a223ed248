from club import move


def test_moves_all():
    club = {"Ama": 3, "Kofi": 0}
    move(club, "Ama", "Kofi", 3)
    assert club == {"Ama": 0, "Kofi": 3}


def test_nothing():
    assert not move({"Ama": 3, "Kofi": 0}, "Ama", "Kofi", 0)


def test_less_than_nothing():
    assert not move({"Ama": 3, "Kofi": 4}, "Ama", "Kofi", -2)


def test_too_much():
    club = {"Ama": 3, "Kofi": 0}
    assert not move(club, "Ama", "Kofi", 4)
    assert club == {"Ama": 3, "Kofi": 0}


def test_unknown_receiver():
    club = {"Ama": 3}
    assert not move(club, "Ama", "Yaw", 1)
    assert club == {"Ama": 3}


def test_unknown_giver():
    assert not move({"Ama": 3}, "Yaw", "Ama", 1)
