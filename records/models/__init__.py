"""Models and good practices (nhân tố mới, cách làm hay, gương điển hình) of the movement: a register that bodies hand in to."""
