from calls import top_reasons


def test_order():
    assert top_reasons(["wet", "lost", "late", "wet"], 2) == [("wet", 2), ("late", 1)]


def test_spelling():
    assert top_reasons(["late", "LATE "], 1) == [("late", 2)]
