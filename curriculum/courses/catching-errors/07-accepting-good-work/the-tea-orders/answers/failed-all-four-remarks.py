def bill(lines):
    goods = 0
    for _, bags, price in lines:
        cost = bags * price
        if bags > 10:
            cost = round(cost * 0.9)
        goods += cost
    return goods + (0 if goods >= 1500 else 80)
