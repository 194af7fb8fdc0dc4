"""Pages of the review: reviews, the file of a player, the board, the call-in list."""
