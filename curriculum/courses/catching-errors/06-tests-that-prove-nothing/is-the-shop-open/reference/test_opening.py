from opening import is_open


def test_a_weekday_from_nine_to_six():
    for day in ("mon", "fri"):
        assert not is_open(day, 539)
        assert is_open(day, 540)
        assert is_open(day, 1079)
        assert not is_open(day, 1080)


def test_saturday_from_ten_to_two():
    assert not is_open("sat", 599)
    assert is_open("sat", 600)
    assert is_open("sat", 839)
    assert not is_open("sat", 840)


def test_never_on_sunday():
    assert not is_open("sun", 720)
