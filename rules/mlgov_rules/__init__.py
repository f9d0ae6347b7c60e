"""The rules that come with mlgov: one file per rule, one folder per stage of the lifecycle.

mlgov finds this package through the entry-point group `mlgov.rules`, as it finds anybody's rules.
"""

PAGES = "https://mlgov.dev/rules/{code}"  # where the documentation of each rule is read
