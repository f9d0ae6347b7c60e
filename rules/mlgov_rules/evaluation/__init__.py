"""What was measured before release: metrics against baselines, slices, uncertainty, fairness and the model card."""
