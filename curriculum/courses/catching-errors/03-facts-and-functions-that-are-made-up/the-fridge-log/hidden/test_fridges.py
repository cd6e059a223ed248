import pytest
from fridges import on_target, read_log, warmest


def test_reads():
    assert read_log(["A-01,4.0", "B-02, 0", "C-03,", "A-01,5.5"]) == {"A-01": 5.5, "B-02": 0.0}


@pytest.mark.parametrize("code", ["a-01", "A01", "A-1", ""])
def test_other_codes_are_refused(code):
    with pytest.raises(ValueError):
        read_log([f"{code},4.0"])


@pytest.mark.parametrize("code", ["A-012", "A-01 OLD"])
def test_longer_codes_are_refused(code):
    with pytest.raises(ValueError):
        read_log([f"{code},4.0"])


def test_warmest_first():
    assert warmest({"A-01": 3.0, "B-02": 6.5, "C-03": 0.0}) == ["B-02", "A-01", "C-03"]


def test_on_target():
    assert on_target({"A-01": 3.5, "B-02": 4.5, "C-03": 4.6, "D-04": 0.0}) == {"A-01", "B-02"}
