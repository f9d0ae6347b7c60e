"""What is tried on real users: hypothesis, design, power, guardrails and the decision taken."""
