from kayaks import bill, paid_hours, trip


def test_a_started_hour_counts():
    assert paid_hours(70) == 2
    assert bill([121]) == 360


def test_whole_hours():
    assert paid_hours(120) == 2
    assert paid_hours(5) == 1


def test_half_price_from_the_fourth_hour():
    assert trip(180) == 360
    assert trip(240) == 420
    assert trip(300) == 480


def test_without_jackets():
    assert bill([60, 60]) == 240
    assert bill([]) == 0


def test_jackets_are_paid_once():
    assert bill([60, 60], 2) == 300
    assert bill([60, 120, 60], jackets=1) == 510
