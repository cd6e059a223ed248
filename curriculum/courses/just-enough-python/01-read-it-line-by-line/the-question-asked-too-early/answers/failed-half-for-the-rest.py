def cancel_fee(days_before, price):
    if days_before >= 14:
        return 0
    return price // 2
