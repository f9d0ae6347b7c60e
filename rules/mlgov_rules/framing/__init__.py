"""How the problem becomes a learning task: target, metrics, acceptance bounds and baseline."""
