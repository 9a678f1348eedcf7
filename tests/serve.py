"""Serve the app over hand-made frames, for the browser tests: `python tests/serve.py PORT full|empty|none|NUMBER`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main(port: str, which: str) -> None:
    """Replace the reading of the store, then start Streamlit as `streamlit run` does."""
    from streamlit.web import bootstrap
    from streamlit.web.bootstrap import load_config_options

    from dashboard import data
    from geodata.frames import Snapshot
    from tests.frames import TEXT, many_frames, snapshot

    if which.isdecimal():
        many = Snapshot(**many_frames(int(which)), version=which)
        data.read_snapshot = lambda path: many
    elif which != "none":
        data.read_snapshot = lambda path: snapshot(which == "full")
        data.document_text = lambda path, doc_id: TEXT.replace(
            "{quote}", f"This is what was said of {doc_id[4:7]} & <i>no more</i>."
        )
        data.document_mentions = lambda path, doc_id: []
    options = {"server.port": int(port), "server.headless": True, "browser.gatherUsageStats": False}
    load_config_options(options)
    bootstrap.run(str(ROOT / "dashboard" / "app.py"), False, [], options)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
