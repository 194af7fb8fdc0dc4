"""What step 7 puts on paper: the kinds, the facts of a notebook, the sheets and order of the binder."""
