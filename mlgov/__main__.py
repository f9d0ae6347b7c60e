"""`python -m mlgov` is the same as the program `mlgov`."""

from mlgov.cli import main

main()
