"""Pages of the review: sittings, the file of a player, the board, the call-in list."""
