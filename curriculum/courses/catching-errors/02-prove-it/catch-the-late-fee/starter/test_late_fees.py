from late_fees import late_fee


def test_a_late_loan_costs_something():
    assert late_fee(4) == 100
