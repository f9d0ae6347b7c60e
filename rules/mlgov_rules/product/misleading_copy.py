"""Texts for users must say what the product does, and must not let them take it for a person.

## Why
"AI-powered" raises expectations without saying which; a voice that sounds human is treated as one.
Only declared texts (`product.user_copy`) are read, for a small list of English and Korean phrases, and a sentence that
names a task passes.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies}
product: {user_copy: [docs/landing.md]}
~~~

~~~markdown docs/landing.md
# Replies
Welcome to our AI-powered app!
~~~

### Korean
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies}
product: {user_copy: [docs/landing.txt]}
~~~

~~~text docs/landing.txt
인공지능 기반 플랫폼입니다.
~~~

### a person, as it seems
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies}
product: {anthropomorphic: true}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies}
product: {user_copy: [docs/landing.md], anthropomorphic: true, disclosure: the first message says that a machine writes}
~~~

~~~markdown docs/landing.md
# Replies
Drafts replies to your customers. Our AI-powered editor drafts three answers to every mail.
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies}
product: {user_copy: [docs/landing.md]}
~~~

## Remedy
describe the problem that is solved ("drafts replies"), and disclose that a machine answers

## References
S0-51, S0-52; EU AI Act Article 50
"""

from mlgov.rulekit import Findings, Origin, Product, Project, abstain, rule
from mlgov_rules.product._copy_words import slogans


@rule("UXD101", severity="-WW", sources=["S0-51", "S0-52"])
def misleading_copy(product: Product, project: Project) -> Findings:
    if product.anthropomorphic and not product.has("disclosure"):
        yield product.at("anthropomorphic"), "the design seems human, and nothing discloses that it is a machine"
    for i, path in enumerate(product.user_copy):
        text = project.text(path)
        if text is None:
            yield abstain(f"{path} cannot be read")
            continue
        for words, line, column in slogans(text):
            place = Origin(project.path(path), f"@{line}:{column}")
            yield place, f"{words!r} does not say what the product does", [product.at("user_copy", i)]
