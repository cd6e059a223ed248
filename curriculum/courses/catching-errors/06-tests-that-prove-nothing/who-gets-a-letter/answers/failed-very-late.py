from letters import who_gets_a_letter


def test_late():
    loans = [{"member": "Mo", "due": 1, "returned": None}, {"member": "Al", "due": 1, "returned": 0}]
    assert who_gets_a_letter(loans, 50) == ["Mo"]
