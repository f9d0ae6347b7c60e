"""The licence must be the same wherever it is stated for the same thing.

## Why
Whoever uses the model reads one of the two places, and acts on it. Code, weights and data may have different licences
when the manifest says which is whose. Names are compared as SPDX ids, `Apache 2.0` is `Apache-2.0`.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, license: {weights: MIT}}
~~~

~~~markdown README.md
---
license: apache-2.0
base_model: org/base
---
# Churn
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, license: {code: MIT, weights: Apache License 2.0}}
~~~

~~~markdown README.md
---
license: apache-2.0
base_model: org/base
---
# Churn
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, license: {weights: LicenseRef-Internal}}
~~~

~~~markdown README.md
---
license: apache-2.0
base_model: org/base
---
# Churn
~~~

### only one place
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, license: {code: MIT}}
~~~

## Remedy
correct the place that is wrong, or state the licences of code, weights and data under `project.license`

## References
S1-13; Gebru 2018, Distribution
"""

import re
from itertools import combinations

from mlgov.rulekit import Findings, License, Origin, Project, abstain, rule

_SPELLINGS = {
    "apache": "apache-2.0", "apache2": "apache-2.0", "apache-2": "apache-2.0", "apache-license-2.0": "apache-2.0",
    "apache-license-version-2.0": "apache-2.0", "apache-2.0-license": "apache-2.0", "mit-license": "mit",
    "the-mit-license": "mit", "expat": "mit", "bsd-3": "bsd-3-clause", "bsd-2": "bsd-2-clause",
    "new-bsd": "bsd-3-clause", "gplv3": "gpl-3.0", "gpl-3": "gpl-3.0", "gplv2": "gpl-2.0", "gpl-2": "gpl-2.0",
    "agplv3": "agpl-3.0", "agpl-3": "agpl-3.0", "lgplv3": "lgpl-3.0", "lgpl-3": "lgpl-3.0", "mpl-2": "mpl-2.0",
    "cc-by-4": "cc-by-4.0", "cc-by-sa-4": "cc-by-sa-4.0", "cc0": "cc0-1.0",
}  # fmt: skip
# ids that can be told from each other; anything else may be a name for the same text
_KNOWN = re.compile(
    r"mit|isc|unlicense|zlib|(apache|mpl|l?gpl|agpl|epl|eupl)-\d(\.\d)?|bsd-\d-clause|cc0-1\.0|cc-by(-nc)?(-sa|-nd)?-\d\.\d"
    r"|(open)?rail(\+\+)?(-m|-[a-z]+)?|bigscience-.*|creativeml-.*|llama\d.*|gemma"
)
Stated = tuple[str, frozenset[str], Origin, bool]


@rule("ORG207", severity="IWE", sources=["S1-13"])
def licence_mismatch(licence: License, project: Project) -> Findings:
    stated = {part: _stated(part, project) for part in ("code", "weights", "data")}
    if sum(map(len, stated.values())) < 2:
        yield abstain("the licence is stated in one place only")
        return
    separate = any(own for *_, own in stated["code"]) and any(own for *_, own in stated["weights"])
    groups = [(part, part, claims) for part, claims in stated.items()]
    if not separate:
        groups.append(("weights", "code", stated["weights"][:1] + stated["code"][:1]))
    for mine, theirs, claims in groups:
        for first, second in combinations(claims, 2):
            if first[2].file == second[2].file and mine != theirs:
                continue  # one file that tells the two apart means it
            if not first[1] or not second[1]:
                yield abstain(f"{first[0] if not first[1] else second[0]} is no licence that can be compared")
            elif not first[1] & second[1]:
                whose = f"the licence of {mine}" if mine == theirs else f"the licence of {mine} and of {theirs}"
                words = f"{whose} is {first[0]} in {first[2].file}, {second[0]} in {second[2].file}"
                yield first[2], words, [second[2]]
                break


def _stated(part: str, project: Project) -> list[Stated]:
    """Every statement about one part: its text, its comparable ids, where it stands, and whether in the manifest."""
    claims = project.claims(f"project.license.{part}")
    return [(c.text, _ids(c.text), c.origin, project.book.is_own(c.path) and c is claims[0]) for c in claims]


def _ids(text: str) -> frozenset[str]:
    """The SPDX ids of an expression; none where one of them cannot be compared."""
    found = {_plain(one) for one in re.split(r"\s+(?:OR|AND)\s+", text.strip(" ()"), flags=re.IGNORECASE)}
    return frozenset(found) if all(_KNOWN.fullmatch(one) for one in found) else frozenset()


def _plain(text: str) -> str:
    name = re.sub(r"[\s_,]+", "-", text.strip(" ()").lower())
    name = re.sub(r"-(only|or-later)$|\+$", "", re.sub(r"-?v(?=\d)", "-", name).strip("-"))
    return _SPELLINGS.get(name, name)
