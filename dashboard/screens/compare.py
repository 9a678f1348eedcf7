"""The compare screen: our events beside another dataset's, in three groups with the reason for each."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import compared, widgets
from dashboard.compared import Dropped
from dashboard.view import View
from dashboard.wording import plural
from geodata.compare import Comparison, table
from geodata.compare import compare as matched
from geodata.compare_sides import imported_frame, own_frame, scoped
from geodata.errors import DatasetError
from geodata.filters import Filters
from geodata.frames import Snapshot

FILE = "A file …"
BY = {"Time": "month", "Country": "country", "Type": "kind"}


@st.cache_resource(show_spinner="Reading the file …", max_entries=2)
def _dropped(name: str, data: bytes) -> Dropped:
    return compared.read_dropped(name, data)


@st.cache_resource(show_spinner="Comparing …", max_entries=6)
def _result(_snapshot: Snapshot, version: str, filters: Filters, key: str, _theirs: pd.DataFrame) -> Comparison:
    return matched(scoped(own_frame(_snapshot), filters), scoped(_theirs, filters))


def reference(view: View) -> tuple[str, str, pd.DataFrame] | None:
    """Key, name and rows of what is compared with, as a person chooses; None while there is nothing."""
    sets = view.base.datasets
    names = dict(zip(sets["dataset"], sets["name"], strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Compare your events with", [*names, FILE], format_func=lambda k: names.get(k, k), width=320
        )
    if chosen != FILE:
        return str(chosen), str(names[chosen]), imported_frame(view.base, str(chosen))
    given = st.file_uploader(
        "ACLED, UCDP GED, GTD, GDELT 2.0 or IOM Missing Migrants, as you downloaded it; it is compared, not kept",
        type=["csv", "xlsx", "zip", "tsv", "txt"],
    )
    if given is None:
        st.caption("To keep a dataset beside your articles, read it with `python -m geodata import FILE`.")
        return None
    try:
        read = _dropped(given.name, given.getvalue())
    except DatasetError as err:
        st.error(f"{err}.")
        return None
    st.caption(compared.dropped_words(read))
    if read.refused:
        with st.expander(f"{plural(len(read.refused), 'row')} refused"):
            st.dataframe(pd.DataFrame({"Row": [r.path for r in read.refused], "Why": [r.reason for r in read.refused]}))
    return f"file:{given.file_id}", read.name, read.rows


def groups(result: Comparison, name: str) -> None:
    """One of the three groups as a table; of a chosen pair both sides to be read."""
    labels = {
        f"Both ({len(result.matched)})": "both",
        f"Only in your articles ({len(result.only_ours)})": "ours",
        f"Only in {name} ({len(result.only_theirs)})": "theirs",
    }
    with st.container(horizontal=True, vertical_alignment="center"):
        label = st.segmented_control(
            "Group", list(labels), default=next(iter(labels)), label_visibility="collapsed", key=f"group_{name}"
        )
        all_rows = table(result).to_csv(index=False).encode("utf-8-sig")
        st.download_button("Download all as CSV", all_rows, "dateline-compared.csv", "text/csv")
    group = labels.get(label or "", "both")
    side = {"both": None, "ours": result.only_ours, "theirs": result.only_theirs}[group]
    rows = compared.pair_table(result) if side is None else compared.rest_table(side)
    if rows.empty:
        st.caption("No event in this group within the filters.")
        return
    picked = st.dataframe(
        rows,
        hide_index=True,
        height=min(420, 38 + 35 * len(rows)),
        key=f"compared_{group}",
        on_select="rerun",
        selection_mode="single-row",
    )
    if chosen := [i for i in picked["selection"]["rows"] if i < len(rows)]:
        _read(result, group, chosen[0], name)


def _read(result: Comparison, group: str, at: int, name: str) -> None:
    ours, theirs = (f.set_index("event_id") for f in (result.ours, result.theirs))
    left, right = st.columns(2, gap="medium")
    if group == "both":
        pair = result.matched.iloc[at]
        left.html(compared.pair_html(ours.loc[pair["our_id"]].to_dict(), "Your articles"))
        right.html(compared.pair_html(theirs.loc[pair["their_id"]].to_dict(), name))
    else:
        frame = result.only_ours if group == "ours" else result.only_theirs
        left.html(compared.pair_html(frame.iloc[at].to_dict(), "Your articles" if group == "ours" else name))


def main() -> None:
    """One run of the screen."""
    view = widgets.current(events_only=True)
    if (given := reference(view)) is None:
        return
    key, name, theirs = given
    result = _result(view.base, view.base.version, view.filters, key, theirs)
    st.html(compared.figures_html(result, name) + f"<p class='dl-compared said'>{compared.said(result, name)}</p>")
    if len(result.ours) and len(result.theirs):
        by = st.segmented_control("By", list(BY), default="Time", label_visibility="collapsed", key="compare_by")
        if (drawn := compared.chart(result, BY[by or "Time"], name, dark=widgets.is_dark())) is not None:
            st.altair_chart(drawn, width="stretch")
        if by == "Time" and (left_out := compared.undated_words(result)):
            st.caption(left_out)
    groups(result, name)
    st.caption(
        "Two events match where place and date agree within what each of them says: a town and a day nearly exactly, "
        "a province and a month with room. Each is matched once at most. Only the filters for dates, country, kind, "
        "type and precision count here."
    )
    widgets.write_address(view.filters)


main()
