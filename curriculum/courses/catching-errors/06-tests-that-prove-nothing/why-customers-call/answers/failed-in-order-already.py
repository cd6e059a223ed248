from calls import top_reasons


def test_order():
    assert top_reasons(["late", "late", "lost", "wet"], 3) == [("late", 2), ("lost", 1), ("wet", 1)]


def test_spelling():
    assert top_reasons(["Late", " late", ""], 1) == [("late", 2)]
