"""One module per file format: it recognises a file and reads it into facts, and never prefers one source.

An adapter is a module with `NAME`, `PATHS`, `MARKERS`, `ROLE`, `recognise(artifact)` and `read(artifact)`
(`mlgov.artifact.Format` describes them). Modules are found by name; nothing is registered.
"""
