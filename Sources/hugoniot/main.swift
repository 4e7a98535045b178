print("hugoniot")
