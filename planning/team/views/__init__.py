"""Pages of the team: the board, one seat, the people on it, and what is printed."""
