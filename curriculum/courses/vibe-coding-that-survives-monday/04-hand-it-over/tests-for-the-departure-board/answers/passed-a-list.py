from board import announcement


def test_all_rules():
    texts = [announcement(late) for late in (-1, 2, 3, 60, 121)]
    assert texts == ["on time", "on time", "3 min late", "1 h 0 min late", "2 h 1 min late"]
