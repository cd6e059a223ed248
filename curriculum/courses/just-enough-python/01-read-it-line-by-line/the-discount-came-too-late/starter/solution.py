nights = int(input())
price = int(input())
discount = int(input())

total = nights * price
price = price - discount

print(total)
