from board import announcement


def test_ten_minutes():
    assert announcement(10) == "10 min late"
