"""Matrix calculus held against numbers."""
