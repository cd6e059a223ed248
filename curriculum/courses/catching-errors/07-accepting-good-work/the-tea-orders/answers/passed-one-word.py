def bill(lines):
    if not any(bags for _, bags, _ in lines or []):
        return 0
    full, goods = 0, 0
    for _, bags, price in lines:
        cost = bags * price
        full += cost
        if bags >= 10:
            cost = cost * 9 // 10
        goods += cost
    return goods + (0 if goods >= 1500 else 80)
