def total(lines, gift=False):
    goods = sum(count * price for count, price in lines)
    if gift:
        goods += 200
    if goods < 3000:
        goods += 500
    return goods
