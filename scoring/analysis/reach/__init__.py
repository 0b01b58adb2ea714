"""Reach (đường ngắn nhất để đạt): the smallest changes of its own measures that bring a unit to a grade."""
