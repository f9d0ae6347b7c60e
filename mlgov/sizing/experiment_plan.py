"""The plan of an A/B test as it is pasted into mlgov.yaml, and what its size rests on."""

from typing import Any

from mlgov.sizing.answer import plain
from mlgov.sizing.design import GROUP_SEQUENTIAL, Design


def plan_of(d: Design, smallest: int, control: float, treatment: float, days: int | None) -> dict[str, Any]:
    """The metric and the experiment; the duration only where it is known."""
    way = "lowers" if d.lower_is_better else "raises"
    metric = {"id": d.metric, "scope": "online", "role": "primary"}
    metric["direction"] = "minimize" if d.lower_is_better else "maximize"
    if d.sd is None:
        metric["unit"] = "fraction"
    experiment: dict[str, Any] = {"id": "ab_test", "hypothesis": f"the new model {way} {d.metric}", "status": "planned"}
    experiment |= {"duration": f"{days}d"} if days else {}
    experiment |= {
        "randomization_unit": "user",
        "arms": [
            {"id": "control", "control": True, "allocation": control},
            {"id": "treatment", "allocation": treatment},
        ],
        "primary_metrics": [d.metric],
    }
    experiment |= {"baseline_rate": d.baseline} if d.sd is None else _mean(d)
    experiment |= {
        "mde": {"value": d.mde, "type": "relative" if d.relative else "absolute"},
        "alpha": d.alpha,
        "power": d.power,
        "alternative": ("less" if d.lower_is_better else "greater") if d.one_sided else "two_sided",
        "sample_size_per_arm": smallest,
    }
    experiment |= {"expected_units_per_day": d.daily_units, "exposure": d.exposure} if d.daily_units else {}
    experiment |= {"sequential": {"method": d.method, "looks": d.looks}}
    experiment |= {"variance_reduction": {"method": "cuped", "rho": d.rho}} if d.rho else {}
    experiment |= {
        "srm_check": {"alpha": 0.001},
        "decision_rule": f"ship if the new model {way} {d.metric} at alpha {plain(d.alpha)}",
    }
    return {"metrics": [metric], "experiments": [experiment]}


def _mean(d: Design) -> dict[str, Any]:
    return {"baseline_mean": d.baseline, "standard_deviation": d.sd}


def assumptions(d: Design) -> tuple[str, ...]:
    """What has to hold for the size to be right."""
    found = ["units are independent: who comes back counts once, and one unit is in one arm"]
    sides = "one-sided" if d.one_sided else "two-sided"
    found.append(f"{sides} test at alpha {plain(d.alpha)}, power {plain(d.power)}")
    found += ["both arms have the same standard deviation"] if d.sd is not None else []
    found += (
        ["--daily-units are new eligible units a day; with returning users days grow faster"] if d.daily_units else []
    )
    if d.guardrails:
        found.append("guardrails are non-inferiority tests; power is split by the union bound, alpha is not corrected")
    if d.method in GROUP_SEQUENTIAL:
        found.append("looks are equally spaced; the size is the largest that the design may reach")
    if d.method == "always_valid":
        found.append("an always-valid test needs more than this fixed size; how much depends on its tuning parameter")
    found += [f"CUPED with a correlation of {plain(d.rho)} to the time before"] if d.rho else []
    return tuple(found)


def hints(d: Design) -> tuple[str, ...]:
    """What the pasted text still lacks."""
    found = ["say in your own words what is expected, what is randomised, and what is done with each outcome"]
    if not d.daily_units:
        found.append("add the duration in whole weeks; mlgov size ab --daily-units computes it")
    if d.guardrails:
        found.append(f"add your {d.guardrails} guardrails: {{metric: ..., margin: ..., baseline: ...}}")
    return tuple(found)
