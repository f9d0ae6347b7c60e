"""Adapters for the files of one organisation."""
