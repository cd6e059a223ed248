from board import announcement


def test_some():
    assert announcement(0) == "on time"
    assert announcement(30) == "30 min late"
    assert announcement(80) == "1 h 20 min late"
