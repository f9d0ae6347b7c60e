"""`python -m mlgov` is the same as the program `mlgov`: it imports nothing from the folder that it is started in."""

import os
import sys

if not sys.flags.safe_path and (sys.path[0] == "" or sys.path[0] == os.getcwd()):
    del sys.path[0]

from mlgov.cli import main

main()
