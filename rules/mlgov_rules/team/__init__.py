"""Who answers for the project: owners, reviewers, approvals and handovers."""
