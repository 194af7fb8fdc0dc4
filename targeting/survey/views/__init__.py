"""Pages of the survey: the dashboard, asking, answering, naming, duplicates, lists, links, and the public page."""
