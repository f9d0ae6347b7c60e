"""Which licence a text is: its SPDX id by tag, by the first lines of the standard texts, or by the name of the licence."""

import re
from typing import NamedTuple

_TAG = re.compile(r"SPDX-License-Identifier:\s*([A-Za-z0-9.+()\- ]{2,80})")
_HEAD = 4000  # characters that hold the title and the first clauses of every standard text
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,60}")
# phrases of which all stand in the text, the more special text first; a title counts only near the start
_TITLES = {
    "AGPL-3.0": "gnu affero general public license version 3",
    "LGPL-3.0": "gnu lesser general public license version 3",
    "LGPL-2.1": "gnu lesser general public license version 2.1",
    "GPL-3.0": "gnu general public license version 3",
    "GPL-2.0": "gnu general public license version 2",
    "Apache-2.0": "apache license version 2.0",
    "MPL-2.0": "mozilla public license version 2.0",
    "EPL-2.0": "eclipse public license - v 2.0",
    "EUPL-1.2": "european union public licence v. 1.2",
    "BSL-1.0": "boost software license - version 1.0",
    "BUSL-1.1": "business source license 1.1",
    "CC-BY-NC-SA-4.0": "attribution-noncommercial-sharealike 4.0 international",
    "CC-BY-NC-ND-4.0": "attribution-noncommercial-noderivatives 4.0 international",
    "CC-BY-NC-4.0": "attribution-noncommercial 4.0 international",
    "CC-BY-SA-4.0": "attribution-sharealike 4.0 international",
    "CC-BY-ND-4.0": "attribution-noderivatives 4.0 international",
    "CC-BY-4.0": "attribution 4.0 international",
    "CC0-1.0": "cc0 1.0 universal",
    "bigscience-openrail-m": "bigscience open rail-m license",
    "creativeml-openrail-m": "creativeml open rail-m",
}
_CLAUSES = {
    "Unlicense": ("this is free and unencumbered software released into the public domain",),
    "BSD-4-Clause": ("redistribution and use in source and binary forms", "all advertising materials"),
    "BSD-3-Clause": ("redistribution and use in source and binary forms", "neither the name"),
    "BSD-2-Clause": ("redistribution and use in source and binary forms",),
    "MIT": ("permission is hereby granted, free of charge, to any person obtaining a copy",
            "the above copyright notice and this permission notice"),
    "MIT-0": ("permission is hereby granted, free of charge, to any person obtaining a copy",),
    "ISC": ("to use, copy, modify, and/or distribute this software for any purpose", "provided that the above copyright"),
    "0BSD": ("to use, copy, modify, and/or distribute this software for any purpose",),
    "Zlib": ("this software is provided 'as-is', without any express or implied warranty",),
}  # fmt: skip
_CLASSIFIERS = {
    "MIT License": "MIT",
    "BSD License": "",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0",
    "GNU Affero General Public License v3": "AGPL-3.0",
    "The Unlicense (Unlicense)": "Unlicense",
}


class Licence(NamedTuple):
    """An SPDX id and the line (1-based) by which it was told."""

    id: str
    line: int


def identified(text: str) -> Licence | None:
    """The licence whose standard text this is; None for any other text and for one that names several."""
    tags = list(_TAG.finditer(text[: _HEAD * 4]))
    if len({tag[1].strip() for tag in tags}) == 1:
        return Licence(tags[0][1].strip(), text.count("\n", 0, tags[0].start()) + 1)
    plain, starts = _flat(text[:_HEAD])
    found = [(plain.index(title), id_) for id_, title in _TITLES.items() if title in plain[:600]]
    if not found:
        found = [(plain.index(c[0]), id_) for id_, c in _CLAUSES.items() if all(phrase in plain for phrase in c)][:1]
    if not found:
        return None
    at, name = min(found, key=lambda one: one[0])
    return Licence(name, text.count("\n", 0, starts[at]) + 1)


def _flat(text: str) -> tuple[str, list[int]]:
    """Lower case, one space between words, no commas before versions; with the offset of every character."""
    made: list[str] = []
    starts: list[int] = []
    for match in re.finditer(r"[^\s*#=_`]+", text):
        word = match[0].casefold().replace("“", '"').replace("’", "'")
        word = word.removesuffix(",") if word in ("license,", "licence,") else word
        made += [*word, " "]
        starts += [match.start()] * (len(word) + 1)
    return "".join(made), [*starts, len(text)]


def classified(classifier: str) -> str:
    """The SPDX id that a trove classifier names exactly, or ""."""
    return _CLASSIFIERS.get(classifier.rpartition(" :: ")[2], "") if classifier.startswith("License :: ") else ""


def is_expression(text: str) -> bool:
    """True for an SPDX id, or several joined by AND, OR and WITH."""
    return len(text) <= 120 and all(_ID.fullmatch(word) for word in text.replace("(", " ").replace(")", " ").split())
