"""The policy of Acme Inc.; it is data, and mlgov never imports this package."""

raise ImportError("a policy is read, not imported")
