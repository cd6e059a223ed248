from letters import who_gets_a_letter


def loan(member, due, returned=None):
    return {"member": member, "due": due, "returned": returned}


def test_two_days_are_free():
    assert who_gets_a_letter([loan("Ann", 8)], 10) == []
    assert who_gets_a_letter([loan("Ann", 7)], 10) == ["Ann"]


def test_what_is_back_is_back():
    assert who_gets_a_letter([loan("Ann", 1, returned=9), loan("Bo", -9, returned=0)], 10) == []


def test_one_letter_each_by_name():
    loans = [loan(name, 1) for name in ("Zoe", "Ann", "Mia", "Zoe", "Bo", "Kit", "Lea", "Una")]
    names = ["Ann", "Bo", "Kit", "Lea", "Mia", "Una", "Zoe"]
    assert who_gets_a_letter(loans, 10) == names
