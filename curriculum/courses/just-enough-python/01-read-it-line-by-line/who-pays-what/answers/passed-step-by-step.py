owner = input()
parts = int(input())
work = int(input())

total = parts + work
print(owner, "pays", total, "ringgit")
