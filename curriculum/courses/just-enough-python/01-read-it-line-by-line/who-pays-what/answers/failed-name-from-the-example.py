owner = input()
parts = int(input())
work = int(input())

print("Nurul pays", parts + work, "ringgit")
