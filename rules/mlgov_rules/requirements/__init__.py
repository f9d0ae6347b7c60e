"""What is asked for: the business goal, whether it needs ML at all, and what must be true for success."""
