def total(lines, gift=False):
    goods = 0
    for count, price in lines:
        goods += count * price
    if not goods:
        return 0
    bill = goods
    if goods < 3000:
        bill += 500
    if gift:
        bill += 200
    return bill
