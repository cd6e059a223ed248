import pytest
from club import move


def test_all():
    accounts = {"Ama": 5, "Kofi": 1}
    move(accounts, "Ama", "Kofi", 5)
    assert accounts == {"Ama": 0, "Kofi": 6}


@pytest.mark.parametrize("amount", [0, -1, 6])
def test_amounts(amount):
    assert move({"Ama": 5, "Kofi": 1}, "Ama", "Kofi", amount) is False


def test_strangers():
    assert move({"Ama": 5}, "Ama", "Esi", 1) is False
    assert move({"Ama": 5}, "Esi", "Ama", 1) is False
