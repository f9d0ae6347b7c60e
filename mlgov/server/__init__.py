"""Tells an editor what mlgov knows about a repository while it is edited, over the language server protocol.

Thin over the analysis: a view of the tree with what is not saved yet, and answers that are read off it. Nothing here
judges, and nothing is written to disk; changes are handed to the editor.
"""
