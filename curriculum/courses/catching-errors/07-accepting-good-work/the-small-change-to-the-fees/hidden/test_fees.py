import pytest
from fees import bill, fee, total


@pytest.mark.parametrize(("days", "cents"), [(0, 0), (2, 0), (3, 50), (25, 1150), (26, 1200), (27, 1200), (-1, 0)])
def test_a_fee(days, cents):
    assert fee(days) == cents


def test_only_tools_with_a_fee():
    loans = [("drill", 3), ("saw", 2), ("ladder", 90)]
    assert bill(loans) == [("drill", 50), ("ladder", 1200)]
    assert total(loans) == 1250
