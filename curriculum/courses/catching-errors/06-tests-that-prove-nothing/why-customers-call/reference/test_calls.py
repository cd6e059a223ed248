from calls import top_reasons


def test_most_often_first_then_by_name():
    calls = ["lost", "wet", "late", "wet"]
    assert top_reasons(calls, 5) == [("wet", 2), ("late", 1), ("lost", 1)]


def test_no_more_than_asked_for():
    assert top_reasons(["late", "late", "lost"], 1) == [("late", 2)]


def test_one_reason_in_many_spellings():
    assert top_reasons(["late", "Late", " late "], 3) == [("late", 3)]


def test_blanks_do_not_count():
    assert top_reasons(["", "  ", "late"], 3) == [("late", 1)]
