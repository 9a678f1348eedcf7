"""`python -m dashboard COMMAND`: export a view as a file, or open the app at the view of a file."""

from __future__ import annotations

import sys

from dashboard.exports.commands import main

if __name__ == "__main__":
    sys.exit(main())
