"""What was asked for: business goals, acceptance criteria and limits that the project must be able to state."""
