"""The names that monitoring libraries give to drift tests, as methods of the model, and whether they compare p-values."""

import re
from typing import NamedTuple


class Method(NamedTuple):
    """name: as the model calls it, None for a test that it has no word for. is_p_value: compared with an alpha."""

    name: str | None
    is_p_value: bool = False
    form: str | None = None


_METHODS = {
    "psi": Method("psi"), "populationstabilityindex": Method("psi"),
    "ks": Method("ks", True), "kspvalue": Method("ks", True), "kolmogorovsmirnov": Method("ks"), "ksdrift": Method("ks", True),
    "jensenshannon": Method("js", form="distance"), "jensenshannondistance": Method("js", form="distance"),
    "wasserstein": Method("wasserstein"), "wassersteindistance": Method("wasserstein"),
    "wassersteindistancenormed": Method("wasserstein"),
    "chi2": Method("chi2"), "chisquare": Method("chi2", True), "chisquarepvalue": Method("chi2", True),
    "chisquaredrift": Method("chi2", True),
    "mmddrift": Method("mmd", True), "mmddriftonline": Method("mmd"), "empiricalmmd": Method("mmd", True),
    "classifierdrift": Method("classifier", True), "spotthediffdrift": Method("classifier", True),
    "z": Method(None, True), "anderson": Method(None, True), "fisherexact": Method(None, True), "ttest": Method(None, True),
    "cramervonmises": Method(None, True), "gtest": Method(None, True), "mannw": Method(None, True), "es": Method(None, True),
    "tvd": Method(None, True),
    "tabulardrift": Method(None, True), "fetdrift": Method(None, True), "cvmdrift": Method(None, True),
    "lsdddrift": Method(None, True), "learnedkerneldrift": Method(None, True), "contextmmddrift": Method("mmd", True),
    "classifieruncertaintydrift": Method(None, True), "regressoruncertaintydrift": Method(None, True),
}  # fmt: skip


def method_of(name: str | None) -> Method:
    """`K-S p_value`, `jensenshannon`, `Wasserstein distance (normed)`, `KSDrift`."""
    plain = re.sub(r"[^a-z0-9]+", "", (name or "")[:100].lower())
    found = _METHODS.get(plain)
    return found if found is not None else Method(None, plain.endswith("pvalue"))
