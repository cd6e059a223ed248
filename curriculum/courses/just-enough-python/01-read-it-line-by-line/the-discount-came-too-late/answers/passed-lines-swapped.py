nights = int(input())
price = int(input())
discount = int(input())

price = price - discount
total = nights * price

print(total)
