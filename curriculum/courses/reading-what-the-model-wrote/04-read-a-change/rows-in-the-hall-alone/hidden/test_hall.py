from hall import as_text, plan, seats_per_row


def test_as_even_as_can_be():
    assert seats_per_row(7, 3) == [3, 2, 2]
    assert seats_per_row(8, 3) == [3, 3, 2]
    assert seats_per_row(9, 3) == [3, 3, 3]


def test_more_rows_than_people():
    assert seats_per_row(2, 4) == [1, 1, 0, 0]


def test_no_rows():
    assert seats_per_row(5, 0) == []
    assert plan(["Ng"], 0) == []
    assert as_text([]) == ""


def test_everybody_sits_once_in_order():
    assert plan(["a", "b", "c", "d", "e"], 2) == [["a", "b", "c"], ["d", "e"]]


def test_the_sheet_at_the_door():
    assert as_text([["Ng", "Tau"], []]) == "Row 1: Ng, Tau\nRow 2: free"
