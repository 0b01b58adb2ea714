"""Letters that officials edit and sign: Word files made from the movement's Word templates."""
