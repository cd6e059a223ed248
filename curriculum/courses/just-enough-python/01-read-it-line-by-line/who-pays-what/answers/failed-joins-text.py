owner = input()
parts = input()
work = input()

print(owner, "pays", parts + work, "ringgit")
