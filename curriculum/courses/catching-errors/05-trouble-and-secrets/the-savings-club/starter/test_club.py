from club import move


def test_some_money_moves():
    accounts = {"Ama": 5, "Kofi": 0}
    move(accounts, "Ama", "Kofi", 2)
    assert accounts["Ama"] == 3
