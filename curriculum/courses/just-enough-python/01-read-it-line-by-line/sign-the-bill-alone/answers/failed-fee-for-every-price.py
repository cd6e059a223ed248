def bill(prices, same_day):
    if len(prices) == 0:
        raise ValueError("there is nothing on this bill")
    total = 0
    for price in prices:
        total = total + price
        if same_day:
            total = total + 20
    return total
