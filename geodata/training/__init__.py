"""Scripts that make the committed data files and weights; never imported at run time."""
