"""A headless Chromium for tests, and reports to open in it."""
