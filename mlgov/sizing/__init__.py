"""The calculator before the plan: how much data a plan needs, with formula, assumptions and the text to paste."""
