"""The routes screen: from where to where as bands and as a matrix, the legs with their sentences; and, apart from it,
which nationalities are reported where."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import widgets
from dashboard.charts import KIND_COLOURS
from dashboard.flows import flows_of, leg_rows, matrix_html, sankey, sankey_height, sankey_words
from dashboard.legs import matrix
from dashboard.nations import nation_pairs
from dashboard.screens.panel import detail_panel
from dashboard.tables import MOST_ROWS
from dashboard.view import View
from dashboard.wording import number_text, plural
from geodata.names import nationality_name

_VIEWS = {"routes": "Routes", "nations": "Nationality and place (no journeys)"}


def bands(table: pd.DataFrame, key: str, colour: str) -> None:
    """The Sankey of a matrix."""
    flows = flows_of(table)
    spec = sankey(flows, dark=widgets.is_dark(), colour=colour)
    st.echarts_chart(spec, key=key, height=sankey_height(flows), renderer="svg", alt=sankey_words(flows))


def routes_view(view: View) -> None:
    """Bands, matrix and legs of the kept routes."""
    legs, n = view.legs, view.values["kind"].get("route", 0)
    if not n:
        widgets.widen_offer(view)
        return
    drawn = legs["event_id"].nunique()
    table = matrix(legs, dict(view.names))
    st.html("<p class='dl-head'>Routes from country (left) to country (right)</p>")
    if not table.empty:
        bands(table, "routes_bands", KIND_COLOURS["route"][1 if widgets.is_dark() else 0])
    note = f"{plural(drawn, 'route')} with two or more placed stops"
    st.html(f"<p class='dl-note'>{note}; {number_text(n - drawn)} more name only one place or none.</p>")
    st.html(matrix_html(table))
    rows = leg_rows(legs.head(MOST_ROWS), view.of_ids(legs["event_id"].head(MOST_ROWS).unique().tolist()))
    st.html("<p class='dl-head'>Legs, as stated</p>")
    picked = st.dataframe(
        rows,
        hide_index=True,
        key="legs_table",
        on_select="rerun",
        selection_mode="single-row",
        height=min(420, 38 + 35 * len(rows)),
    )
    chosen = picked["selection"]["rows"]
    if chosen and chosen != st.session_state.get("last_leg"):
        widgets.choose(f"event:{rows.index[chosen[0]]}")
    st.session_state["last_leg"] = chosen


def nations_view(view: View) -> None:
    """Which nationalities, as reported, stand in events of which country."""
    pairs = nation_pairs(view)
    if not pairs:
        st.caption("No event that is shown states a nationality and a country.")
        return
    rows = [(nationality_name(a), view.names.get(b, b), n) for a, b, n in pairs]
    table = pd.DataFrame(rows, columns=["from", "to", "n"]).pivot_table(
        index="from", columns="to", values="n", aggfunc="sum", fill_value=0
    )
    table = table.loc[table.sum(axis=1).sort_values(ascending=False, kind="stable").index].astype(int)
    table = table[table.sum().sort_values(ascending=False, kind="stable").index]
    st.html(
        "<p class='dl-head'>Nationality as reported (left) and country of the event (right)</p>"
        "<p class='dl-note'>A nationality is what a source says of a person; it is no journey.</p>"
    )
    bands(table, "nation_bands", "#8A929A")
    st.html(matrix_html(table, f"number of {view.unit}s"))


def main() -> None:
    """One run of the screen."""
    view = widgets.current()
    left, right = st.columns([3, 1], gap="medium")
    with left:
        choice = st.segmented_control(
            "What flows",
            list(_VIEWS),
            key="flow_view",
            format_func=_VIEWS.__getitem__,
            default="routes",
            label_visibility="collapsed",
            required=True,
        )
        {"routes": routes_view, "nations": nations_view}[choice or "routes"](view)
    with right, st.container(height=680, border=False, key="tablepanel"):
        detail_panel(view)
    widgets.write_address(view.filters)


main()
