"""What the user meets: disclosure, human oversight, feedback and what happens when the model is wrong."""
