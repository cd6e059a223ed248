nights = int(input())
price = int(input())
discount = int(input())

total = nights * price
total = total - discount

print(total)
