"""Results in the shapes that other systems read."""
