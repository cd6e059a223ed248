from board import announcement


def test_late():
    assert "late" in announcement(3)
    assert "late" in announcement(60)
    assert "late" not in announcement(2)
