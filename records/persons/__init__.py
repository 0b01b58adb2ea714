"""Personal data (dữ liệu cá nhân): which it is, what is held of one person, correction, erasure, retention."""
