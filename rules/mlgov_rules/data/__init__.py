"""What the model learns from: sources, contracts, splits, labels, leakage and consent."""
