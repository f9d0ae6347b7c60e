"""A stranger's pack of rules: one in Python, and one without code."""
