"""How the model reaches production: release gates, rollout, serving limits and the way back."""
