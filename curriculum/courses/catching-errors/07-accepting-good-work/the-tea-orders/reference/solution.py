def bill(lines):
    """What an order costs with delivery, in whole rupees."""
    if not any(bags for _, bags, _ in lines or []):
        return 0
    goods = 0
    for _, bags, price in lines:
        cost = bags * price
        # From ten bags on, a tenth less
        if bags >= 10:
            cost = cost * 9 // 10
        goods += cost
    delivery = 0 if goods >= 1500 else 80
    return goods + delivery
