"""Who of the eligible is proposed within a quota, who waits for a council, who stands outside, and why."""
