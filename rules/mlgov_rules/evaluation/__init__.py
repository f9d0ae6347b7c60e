"""What was measured before release: metrics, baselines, slices, uncertainty and fairness."""
