"""Review: the log of decisions as a CSV file, out and in, so that two desks can put theirs together."""

from __future__ import annotations

import io

import streamlit as st

from dashboard import data
from dashboard.screens.review_bar import say
from geodata.errors import GeodataError
from geodata.review_log import export_csv, import_csv
from geodata.store import Store

__all__ = ["log_menu"]


def log_menu() -> None:
    """A button that opens both."""
    with st.popover("Log of decisions", icon=":material/history:"):
        st.download_button(
            "Export as CSV", _written, "dateline-decisions.csv", "text/csv", key="review_export", on_click="ignore"
        )
        file = st.file_uploader("Decisions of another desk (CSV)", type="csv", key="review_file")
        st.button("Take them in", key="review_import", disabled=file is None, on_click=_take_in)


def _written() -> bytes:
    """The whole log as it is now."""
    text = io.StringIO()
    with Store(data.store_path(), create=False) as store:
        export_csv(store, text)
    return text.getvalue().encode("utf-8-sig")


def _take_in() -> None:
    """Read the chosen file; what is refused is said line by line."""
    file = st.session_state.get("review_file")
    if file is None:
        return
    try:
        text = io.StringIO(file.getvalue().decode("utf-8-sig"))
        with Store(data.store_path(), create=False) as store:
            report = import_csv(store, text)
    except UnicodeDecodeError:
        say("error", "The file is not text in UTF-8: export it as CSV from Dateline.")
    except GeodataError as err:
        say("error", f"{str(err)[:1].upper()}{str(err)[1:]}.")
    else:
        first, *refused = report.lines()
        said = "; ".join([first, *refused[:5], *([f"and {len(refused) - 5} more"] if len(refused) > 5 else [])])
        say("warning" if refused else "success", f"{said[:1].upper()}{said[1:]}.")
