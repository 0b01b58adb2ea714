"""What every receipt says of the program that made it."""

VERSION = "0.3.0"
SOFTWARE = f"thidua {VERSION}"
