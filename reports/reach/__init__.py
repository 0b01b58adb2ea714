"""The shortest path to a grade (đường ngắn nhất để đạt), in sentences an official can read aloud."""
