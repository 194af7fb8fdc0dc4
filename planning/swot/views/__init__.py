"""Pages of the SWOT analysis: the board, its items, what is done about them, the locked copies."""
