owner = int(input())
parts = int(input())
work = int(input())

print(owner, "pays", parts + work, "ringgit")
