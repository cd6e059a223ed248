import pytest
from notes import by_value, cents_of, read_note


def test_reads():
    lines, unread = read_note("0042; 3; 12,50\n\n17;1;0\n")
    assert [tuple(line) for line in lines] == [("0042", 3, 1250), ("17", 1, 0)]
    assert unread == []


@pytest.mark.parametrize("row", ["42;3", "42;x;1", "42;0;1", "42;1;-2", "42;1;1.005", "42;1;", "a;b;c;d", "42;1;inf", "42;1;nan"])
def test_what_cannot_be_read_is_listed(row):
    lines, unread = read_note(f"1;1;1\n{row}\n2;1;1")
    assert [line.article for line in lines] == ["1", "2"]
    assert unread == [(2, row)]


def test_cents():
    assert cents_of("0.29") == 29
    assert cents_of(" 19,9 ") == 1990


def test_by_value():
    lines, _ = read_note("B;1;5\nA;5;1\nC;2;9\nB;1;0")
    assert by_value(lines) == [("C", 1800), ("A", 500), ("B", 500)]
