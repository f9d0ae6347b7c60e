"""Tests of what mlgov writes for other tools."""
