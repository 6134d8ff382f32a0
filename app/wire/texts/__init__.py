"""An answer of the API as text for other programs: tables, formulas, drawings."""
