from letters import who_gets_a_letter


def test_edges():
    loans = [{"member": "Mo", "due": 7, "returned": None}, {"member": "Al", "due": 8, "returned": None}]
    assert who_gets_a_letter(loans, 10) == ["Mo"]
