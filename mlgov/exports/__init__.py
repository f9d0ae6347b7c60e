"""What is known about a project, in the formats of other tools; one module per format, found by its name."""
