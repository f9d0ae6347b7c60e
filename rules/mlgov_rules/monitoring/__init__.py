"""What is watched once the model runs: signals, thresholds, alerts, drift and retraining."""
