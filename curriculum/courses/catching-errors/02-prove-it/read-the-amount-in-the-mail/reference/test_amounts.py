import pytest
from amounts import cents_of


def test_cents():
    assert cents_of("12.34") == 1234
    assert cents_of("12.5") == 1250


def test_comma():
    assert cents_of("3,50") == 350


def test_around():
    assert cents_of(" 7 EUR ") == 700
    assert cents_of("€ 7") == 700
    assert cents_of("7 €") == 700


@pytest.mark.parametrize("text", ["", "ten", "-5", "1.234"])
def test_refused(text):
    with pytest.raises(ValueError):
        cents_of(text)
