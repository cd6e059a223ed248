nights = int(input())
price = int(input())
discount = int(input())
print(nights * (price - discount))
