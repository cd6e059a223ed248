import pytest
from office import after, found


def test_finds():
    assert found("CAP") == [2, 1]
    assert found(" cap ", "name") == [1, 2]
    assert found("") == [4, 3, 2, 1]


@pytest.mark.parametrize(("text", "numbers"), [("%", [3]), ("_", []), ("o'neil", [4]), ("x' OR '1'='1", []), ("\\", [])])
def test_what_was_typed_is_text(text, numbers):
    assert found(text) == numbers


def test_an_order_that_nobody_knows():
    assert found("cap", "number; DROP TABLE things") == [2, 1]


def test_adding():
    assert after("add", 5, "glove") == 5
    assert after("add", 4, "glove") == "NumberTaken"


def test_giving_back():
    assert after("give_back", 4) == 3
    assert after("give_back", 9) == "NotThere"
