def loan(member, due, returned=None):
    return {"member": member, "due": due, "returned": returned}


def test_everything():
    loans = [loan("Mo", 7), loan("Al", 6), loan("Mo", 7), loan("Ed", 8), loan("Jo", 1, 0), loan("Cy", 1, 5)]
    assert who_gets_a_letter(loans, 10) == ["Al", "Mo"]
