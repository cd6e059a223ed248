from owing import letter_lines, still_owing


def test_who_paid_nothing_owes_the_rent():
    assert still_owing({"Pop": 900}, [], []) == [("Pop", 900)]


def test_excused_tenants_are_left_out():
    assert still_owing({"Pop": 900}, [], ["Pop"]) == []


def test_who_paid_everything_is_not_there():
    assert still_owing({"Pop": 900}, [("Pop", 900)], []) == []


def test_parts_are_added_up():
    assert still_owing({"Pop": 900}, [("Pop", 500), ("Pop", 400)], []) == []


def test_small_debts_are_on_the_list():
    assert still_owing({"Pop": 900}, [("Pop", 860)], []) == [("Pop", 40)]


def test_the_largest_debt_comes_first():
    rents = {"Ene": 600, "Pop": 900}
    assert still_owing(rents, [], []) == [("Pop", 900), ("Ene", 600)]


def test_a_line_for_each():
    assert letter_lines([("Pop", 1), ("Ene", 600)]) == ["Pop owes 1 leu.", "Ene owes 600 lei."]
