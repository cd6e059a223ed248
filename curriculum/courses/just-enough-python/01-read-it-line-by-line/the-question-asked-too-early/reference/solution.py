def cancel_fee(days_before, price):
    if days_before >= 14:
        return 0
    elif days_before >= 3:
        return price // 2
    else:
        return price
