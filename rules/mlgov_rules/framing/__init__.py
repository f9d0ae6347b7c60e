"""How the problem became a learning task: target, unit of prediction, metrics, baseline and cost of errors."""
