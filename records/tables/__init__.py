"""Tables that people hand in: cells out of files, read one by one, every mistake reported."""
