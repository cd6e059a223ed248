from reminders import is_late, reminders


def loan(member, title, out, returned=None):
    return {"member": member, "title": title, "out": out, "returned": returned}


def test_the_edge_stays():
    assert is_late(loan("Ane", "Moss", 3), 10) is False
    assert is_late(loan("Ane", "Moss", 2), 10) is True


def test_what_is_back_is_not_late():
    assert is_late(loan("Ane", "Moss", 0, returned=0), 40) is False


def test_one_line_for_each_member():
    loans = [loan("Bo", "Moss", 1), loan("Ane", "Rain", 1), loan("Bo", "Ash", 2), loan("Bo", "Sea", 9)]
    assert reminders(loans, 10) == ["Bo: Moss, Ash", "Ane: Rain"]
