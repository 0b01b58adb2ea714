"""Documents of a meeting: agenda, declarations, ballots, minutes in Word; the pack and its folder."""
