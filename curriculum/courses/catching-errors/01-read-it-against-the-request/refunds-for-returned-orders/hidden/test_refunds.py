from datetime import date

from refunds import refund_amount, refund_report

MARCH_1 = date(2026, 3, 1)


def line(**changes):
    usual = {"price": 1000, "ordered": 1, "returned": 1, "opened": False, "final_sale": False}
    return {**usual, **changes}


def order(*lines, voucher=0):
    return {"id": 7, "bought_on": MARCH_1, "lines": list(lines), "voucher": voucher}


def test_the_last_day_counts():
    assert refund_amount(order(line()), date(2026, 3, 31)) == 1000
    assert refund_amount(order(line()), date(2026, 4, 1)) == 0


def test_only_what_came_back():
    assert refund_amount(order(line(ordered=3, returned=2)), MARCH_1) == 2000


def test_opened_items_alone_lose_money():
    assert refund_amount(order(line(opened=True), line()), MARCH_1) == 1850


def test_final_sale_is_not_refunded():
    assert refund_amount(order(line(final_sale=True)), MARCH_1) == 0


def test_never_below_zero():
    assert refund_amount(order(line(), voucher=2500), MARCH_1) == 0


def test_bad_data_is_on_the_list():
    assert refund_report([order(line()), {"id": 8}], MARCH_1) == [(7, 1000), (8, None)]
