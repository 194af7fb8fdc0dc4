"""Pages of link analysis."""
