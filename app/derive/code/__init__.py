"""Programs with their derivatives, written out in other people's libraries."""
