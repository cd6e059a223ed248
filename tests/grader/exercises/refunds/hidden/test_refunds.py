from refunds import refund_amount, refund_report


def order(**changes):
    item = {"price": 1000, "opened": False, "returned": True}
    return {"id": 7, "bought_on": 0, "voucher": 0, "items": [item], **changes}


def test_last_day():
    assert refund_amount(order(), 30) == 1000
    assert refund_amount(order(), 31) == 0


def test_only_what_came_back():
    kept = {"price": 500, "opened": False, "returned": False}
    came = {"price": 1000, "opened": True, "returned": True}
    assert refund_amount(order(items=[kept, came]), 3) == 850


def test_voucher():
    assert refund_amount(order(voucher=5000), 3) == 0


def test_bad_data_is_on_the_list():
    assert refund_report([order(), {"id": 8}], 3) == [(7, 1000), (8, None)]
