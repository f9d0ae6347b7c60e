"""The capacity of a service must cover the demand at its peak, and a batch must fit its window.

## Why
A queue that fills faster than it empties grows without end. The peak is the declared `peak_rate`, else three times the
mean of `daily_units`. Replicas of a native file may scale by themselves, so only declared ones count.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {scale: {peak_rate: 100}}
serving: {mode: online, replicas: 3, throughput: 20}
~~~

### told by the day
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {scale: {daily_units: 5_000_000}}
serving: {mode: online, replicas: 3, throughput: 20}
~~~

### ten million rows in four hours
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {mode: batch, batch: {rows: 10_000_000, throughput: 500, window: 4h}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {scale: {daily_units: 10000, peak_rate: 5}}
serving: {mode: online, replicas: 3, throughput: 20, batch: {rows: 1_000_000, throughput: 500, window: 60m}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {scale: {peak_rate: 100}}
serving: {mode: online, replicas: 3}
~~~

## Options
* `peak_factor` (3.0): the peak as a multiple of the mean, where no `peak_rate` is declared

## Remedy
add replicas, raise the throughput of one, widen the window, or correct the demand

## References
S4-08, S4-52; Little's law
"""

from mlgov.rulekit import Findings, Origin, Project, Serving, abstain, interval, rule


@rule("DEP207", severity="-WE", sources=["S4-08", "S4-52"], stricter={"peak_factor": "higher"})
def capacity_below_demand(serving: Serving, project: Project, *, peak_factor: float = 3.0) -> Findings:
    if serving.mode in (None, "online", "streaming"):
        yield from _online(serving, project, peak_factor)
    batch = serving.batch
    if batch and batch.rows and batch.throughput and batch.throughput > 0 and batch.window:
        seconds = float(batch.rows) / float(batch.throughput)
        if seconds > batch.window * (1 + 1e-9):
            said = f"{batch.literal('rows')} rows at {batch.literal('throughput')} per second"
            message = f"{said} take {seconds / 3600:.3g} h, the window is {batch.literal('window')}"
            yield batch.at("rows"), message, [batch.at("throughput"), batch.at("window")]
    elif batch and batch.rows and batch.window:
        yield abstain("unknown throughput of the batch")


def _online(serving: Serving, project: Project, peak_factor: float) -> Findings:
    demand, words, place = _demand(project, peak_factor)
    if not demand or serving.replicas is None and serving.throughput is None:
        return
    if serving.replicas is None or serving.throughput is None or not project.book.is_own(("serving", "replicas")):
        yield abstain("unknown replicas or throughput of a replica")
        return
    capacity = float(serving.replicas) * float(serving.throughput)
    if capacity < demand * (1 - 1e-9):
        said = f"{serving.literal('replicas')} replicas x {serving.literal('throughput')}/s = {capacity:g}/s"
        yield serving.at("replicas"), f"{said} are less than the demand of {words}", [serving.at("throughput"), place]


def _demand(project: Project, peak_factor: float) -> tuple[float, str, Origin]:
    """Requests per second at the peak, at least; how it is known; where it stands. 0 = not known."""
    scale = project.problem.scale
    if scale is None or scale.peak_rate is None and scale.daily_units is None:
        return 0.0, "", project.at("problem")
    if scale.peak_rate is not None:
        return float(scale.peak_rate), f"{scale.literal('peak_rate')}/s at the peak", scale.at("peak_rate")
    claimed = interval(scale.daily_units)
    demand = (claimed[0] if claimed else float(scale.daily_units)) / 86400 * peak_factor
    words = f"{demand:.3g}/s at the peak ({scale.literal('daily_units')} per day x {peak_factor:g}, the default factor)"
    return demand, words, scale.at("daily_units")
