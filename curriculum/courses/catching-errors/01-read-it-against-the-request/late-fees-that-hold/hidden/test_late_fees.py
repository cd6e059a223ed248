from datetime import date

from late_fees import late_fee, month_bill

TODAY = date(2026, 5, 31)


def test_free_days_and_the_most():
    assert [late_fee(days) for days in (0, 2, 3, 14, 15)] == [0, 0, 50, 600, 600]


def test_members_pay_half():
    assert late_fee(3, member=True) == 25


def test_the_bill():
    def loan(name, due, returned=None):
        return {"name": name, "due": due, "returned": returned, "member": False}

    loans = [
        loan("Bo", date(2026, 5, 25)),
        loan("Al", date(2026, 5, 20), date(2026, 5, 23)),
        loan("Al", date(2026, 5, 25)),
        loan("Cy", date(2026, 5, 30)),
    ]
    assert month_bill(loans, TODAY) == [("Al", 250), ("Bo", 200)]
