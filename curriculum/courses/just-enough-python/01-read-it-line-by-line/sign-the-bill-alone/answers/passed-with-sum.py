def bill(prices, same_day):
    if not prices:
        raise ValueError("there is nothing on this bill")
    if same_day:
        return sum(prices) + 20
    return sum(prices)
