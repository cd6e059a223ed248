import pytest
from club import move


def test_all_of_it_moves():
    accounts = {"Ama": 5, "Kofi": 1}
    assert move(accounts, "Ama", "Kofi", 5) is True
    assert accounts == {"Ama": 0, "Kofi": 6}


@pytest.mark.parametrize("amount", [0, -1, 6])
def test_amounts_that_are_refused(amount):
    accounts = {"Ama": 5, "Kofi": 1}
    assert move(accounts, "Ama", "Kofi", amount) is False
    assert accounts == {"Ama": 5, "Kofi": 1}


@pytest.mark.parametrize(("source", "target"), [("Ama", "Esi"), ("Esi", "Ama")])
def test_strangers_are_refused(source, target):
    accounts = {"Ama": 5}
    assert move(accounts, source, target, 1) is False
    assert accounts == {"Ama": 5}
