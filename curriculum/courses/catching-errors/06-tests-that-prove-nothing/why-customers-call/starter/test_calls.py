from calls import top_reasons


def test_one_reason():
    assert top_reasons(["late", "late"], 1) == [("late", 2)]
