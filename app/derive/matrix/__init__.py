"""Matrix calculus: sweeps recorded over symbolic arrays, and the algebra that makes closed forms of them."""
