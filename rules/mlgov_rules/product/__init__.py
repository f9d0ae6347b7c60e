"""What the user meets: intended use, disclosure, human oversight, feedback and fallback."""
