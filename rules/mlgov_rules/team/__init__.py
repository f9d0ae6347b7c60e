"""Who answers for the project: owners, plan, risks, reviews and approvals."""
