from hours import gather, hours_of, mean_hours, pay_list


def test_blank_is_a_day_off():
    assert hours_of("") is None
    assert hours_of("  ") is None


def test_sent_home_is_paid():
    assert hours_of("0") == 1
    assert hours_of(" 0,0 ") == 1


def test_halves():
    assert hours_of("7,5") == 7.5
    assert hours_of("7.5") == 7.5


def test_days_are_added():
    rows = [{"name": "Bola", "hours": "8"}, {"name": "Bola", "hours": "6"}, {"name": "Chi", "hours": ""}]
    assert gather(rows, {}) == {"Bola": 14}


def test_a_table_from_before_goes_on():
    assert gather([{"name": "Bola", "hours": "8"}], {"Bola": 2.0}) == {"Bola": 10}


def test_each_week_starts_anew():
    gather([{"name": "Bola", "hours": "8"}])
    assert gather([{"name": "Chi", "hours": "6"}]) == {"Chi": 6}


def test_mean_of_those_who_worked():
    assert mean_hours({"Bola": 8.0, "Chi": 4.0}, ["Bola", "Chi", "Dayo"]) == 6


def test_no_mean():
    assert mean_hours({}, ["Bola"]) is None


def test_everybody_is_on_the_list():
    assert pay_list({"Chi": 6.0}, ["Bola", "Chi"]) == [("Bola", 0), ("Chi", 6)]
