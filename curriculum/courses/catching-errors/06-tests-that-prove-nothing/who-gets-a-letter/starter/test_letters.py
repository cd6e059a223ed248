from letters import who_gets_a_letter


def loan(member, due, returned=None):
    return {"member": member, "due": due, "returned": returned}


def test_without_loans_nobody_gets_a_letter():
    assert who_gets_a_letter([], 10) == []
