"""What a run demands: settings with their origin, which rules are selected, and how severe each one is."""
