"""How many independent observations some rows are."""

from mlgov.rulekit import Project


def independent(rows: float, project: Project) -> tuple[int, str]:
    """The entities among `rows` where entities repeat, with the words that say what was counted."""
    entity = project.data.entity
    per = float(entity.rows_per_entity) if entity and entity.rows_per_entity else 1.0
    if per > 1:
        return max(1, round(float(rows) / per)), f"counting entities of {per:g} rows"
    return max(1, int(rows)), "assuming independence"
