"""Licences as other registries spell them."""

_SPDX = """Apache-2.0 MIT MIT-0 ISC 0BSD Unlicense Zlib BSL-1.0 BSD-2-Clause BSD-3-Clause BSD-4-Clause MPL-2.0 EPL-2.0 EUPL-1.2
GPL-2.0 GPL-2.0-only GPL-2.0-or-later GPL-3.0 GPL-3.0-only GPL-3.0-or-later LGPL-2.1 LGPL-2.1-only LGPL-3.0 LGPL-3.0-only
AGPL-3.0 AGPL-3.0-only AGPL-3.0-or-later BUSL-1.1 CC0-1.0 CC-BY-4.0 CC-BY-SA-4.0 CC-BY-ND-4.0 CC-BY-NC-4.0 CC-BY-NC-SA-4.0
CC-BY-NC-ND-4.0 CC-BY-3.0 CC-BY-SA-3.0 ODbL-1.0 PDDL-1.0 CDLA-Permissive-2.0 CDLA-Permissive-1.0 CDLA-Sharing-1.0""".split()
_BY_SHAPE = {name.lower(): name for name in _SPDX}
_HUGGING_FACE = frozenset(
    """apache-2.0 mit openrail bigscience-openrail-m creativeml-openrail-m bigscience-bloom-rail-1.0 bsl-1.0 bsd bsd-2-clause
    bsd-3-clause cc cc0-1.0 cc-by-3.0 cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-4.0 cc-by-nc-nd-4.0 cc-by-nc-sa-4.0 cc-by-nd-4.0
    cdla-sharing-1.0 cdla-permissive-1.0 cdla-permissive-2.0 gpl gpl-2.0 gpl-3.0 agpl-3.0 lgpl lgpl-2.1 lgpl-3.0 isc mpl-2.0 odbl
    epl-2.0 eupl-1.2 unlicense zlib pddl llama2 llama3 gemma""".split()
)


def spdx(text: str) -> str | None:
    """The SPDX id in its own spelling; None for a name that is none."""
    return _BY_SHAPE.get(text.strip().lower())


def hugging_face(text: str) -> str | None:
    """The word of the Hugging Face list; None for a licence that it does not have."""
    plain = text.strip().lower().removesuffix("-only").removesuffix("-or-later")
    return plain if plain in _HUGGING_FACE else None
