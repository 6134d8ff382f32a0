"""Differentiation by rules, as a person does it: one rule at a time, on expressions that grow."""
