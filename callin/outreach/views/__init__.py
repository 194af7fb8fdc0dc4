"""Pages of steps 6 and 6a."""
