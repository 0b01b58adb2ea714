"""Reports of the task register: the roll-up of a period, what is late or near, completion at three layers."""
