owner = input()
amount = int(input()) + int(input())
print(f"{owner} pays {amount} ringgit")
