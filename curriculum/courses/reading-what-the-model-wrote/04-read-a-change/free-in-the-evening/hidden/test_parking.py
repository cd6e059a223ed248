from parking import fee, ticket


def test_the_first_quarter_is_free():
    assert fee(600, 615) == 0
    assert fee(600, 616) == 200


def test_an_exact_hour_is_one():
    assert fee(600, 660) == 200


def test_two_exact_hours():
    assert fee(600, 720) == 400


def test_a_begun_hour_counts():
    assert fee(600, 661) == 400


def test_before_six_is_paid():
    assert fee(17 * 60, 19 * 60 + 30) == 200


def test_a_long_day():
    assert fee(7 * 60, 20 * 60) == 1500


def test_until_six_exactly():
    assert fee(17 * 60 + 10, 18 * 60) == 200


def test_the_evening_is_free():
    assert fee(18 * 60, 22 * 60) == 0


def test_the_ticket():
    assert ticket("ST 4711", 600, 630) == "ST 4711: 2.00 euros"
