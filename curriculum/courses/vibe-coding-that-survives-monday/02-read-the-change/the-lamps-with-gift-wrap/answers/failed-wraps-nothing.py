def total(lines, gift=False):
    goods = sum(count * price for count, price in lines)
    bill = goods
    if 0 < goods < 3000:
        bill += 500
    if gift:
        bill += 200
    return bill
