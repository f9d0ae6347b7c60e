"""How the model is built: code, features, training, seeds and the environment that repeats it."""
