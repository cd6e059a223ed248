def cancel_fee(days_before, price):
    if days_before >= 14:
        return price // 2
    elif days_before >= 3:
        return 0
    else:
        return price
