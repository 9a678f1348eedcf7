"""The screen to add articles: drop files or paste words, look at what was read, correct it, read it into the store."""

from __future__ import annotations

import getpass
from typing import Any

import streamlit as st

from dashboard import adding, data, widgets
from dashboard.jobs import IngestJob, time_words
from dashboard.wording import plural
from extract.fetch import allowed, read_address
from extract.forms import SUFFIXES
from extract.schema import Document, Refusal
from geodata.ingest import Report

COLUMNS = {
    "Read": st.column_config.CheckboxColumn(width=50, help="Articles that are not ticked stay out"),
    "File": st.column_config.TextColumn(width=150, disabled=True),
    "Title": st.column_config.TextColumn(width=330, max_chars=500),
    "Publisher": st.column_config.TextColumn(width=170, max_chars=200),
    "Published": st.column_config.DateColumn(width=110, format="D MMM YYYY"),
    "Address": st.column_config.TextColumn(width=220, validate=r"^$|^https?://\S+$", help="https://…"),
    "Length": st.column_config.TextColumn(width=140, disabled=True),
    "Note": st.column_config.TextColumn(width=190, disabled=True),
}
ORDER = ("Read", "File", "Title", "Publisher", "Published", "Note", "Address", "Length")
WARN = {True: "color: #E6C04A; background-color: #332C17", False: "color: #7A5A00; background-color: #FFF6DA"}
REPORT = {
    "File": st.column_config.TextColumn(width=300),
    "Result": st.column_config.TextColumn(width=110),
    "Incidents": st.column_config.TextColumn(width=80),
    "Arrests": st.column_config.TextColumn(width=80),
    "Routes": st.column_config.TextColumn(width=80),
    "Why": st.column_config.TextColumn("Why not", width=600),
}
session = st.session_state


def take_files() -> None:
    """The drop zone; each file is read once, as soon as it is there."""
    files = st.file_uploader(
        "Drop articles here",
        type=[s.removeprefix(".") for s in SUFFIXES],
        accept_multiple_files=True,
        key=f"add_files_{session['add_round']}",
        help="Text, web page (.html, .mhtml), PDF, Word (.docx), letter (.eml), feed (.rss, .atom), table (.csv with a"
        " text column), .jsonl, or a .zip of these",
    )
    fresh = [f for f in files or () if f.file_id not in session["add_items"]]
    if fresh:
        bar = st.progress(0.0)
        for n, file in enumerate(fresh):
            bar.progress(n / len(fresh), f"Reading {file.name}".replace("[", "\\["))
            session["add_items"][file.file_id] = adding.read_upload(file.name, file.getvalue())
        bar.empty()
    here = {f.file_id for f in files or ()}
    for key in [k for k in session["add_items"] if k not in here and not k.startswith("pasted")]:
        del session["add_items"][key]


def take_words() -> None:
    """A field for pasted words."""
    with st.form("add_paste", clear_on_submit=True, border=False):
        text = st.text_area("Or paste the words of an article", height=112, key="add_words")
        if st.form_submit_button("Take this text") and text.strip():
            n = 1 + sum(k.startswith("pasted") for k in session["add_items"])
            session["add_items"][f"pasted {n}"] = [adding.pasted(text, n)]


def take_address() -> None:
    """A field for an address, only where fetching is switched on."""
    if not allowed():
        return
    with st.form("add_address", clear_on_submit=True, border=False):
        url = st.text_input("Or the address of an article", placeholder="https://…", key="add_url", max_chars=2000)
        if st.form_submit_button("Fetch") and url.strip():
            n = 1 + sum(k.startswith("pasted") for k in session["add_items"])
            with st.spinner("Fetching …"):
                session["add_items"][f"pasted {n}"] = list(read_address(url.strip()))


def show_refused(refused: list[Refusal]) -> None:
    """What was not read, and why."""
    if refused:
        st.html(f"<p class='dl-head'>{adding.refused_line(refused)}</p>")
        st.dataframe(
            adding.refusal_table(refused),
            hide_index=True,
            width="stretch",
            column_config={"File": st.column_config.TextColumn(width=300)},
            key="add_refused_table",
        )


def given(documents: list[Document]) -> list[dict[str, Any]]:
    """The table of what was read, to be corrected, with what is now in its rows."""
    key = f"add_table_{session['add_round']}_{len(documents)}"
    table = adding.given_table(documents, data.known_ids(data.store_path(), [d.id for d in documents]))
    noted = adding.day_notes(table, session.get(key, {}).get("edited_rows", {}))
    warn = WARN[widgets.is_dark()]
    edited = st.data_editor(
        noted.style.map(lambda note: warn if note.startswith(adding.NO_DAY) else "", subset=["Note"]),
        hide_index=True,
        width="stretch",
        height=min(440, 38 + 35 * len(table)),
        column_config=COLUMNS,
        column_order=ORDER,
        placeholder="not found",
        key=key,
    )
    rows: list[dict[str, Any]] = edited.to_dict("records")
    return rows


def review(documents: list[Document]) -> None:
    """The table of what was read and the button that reads it into the store."""
    st.html(
        f"<p class='dl-head'>{plural(len(documents), 'article')} to read</p>"
        "<p class='dl-note'>Title, publisher, day and address can be corrected in the table. What an article does not"
        " say stays empty: its day decides what “last Tuesday” means.</p>"
    )
    rows = given(documents)
    ticked = [(d, adding.changes(d, r)) for d, r in zip(documents, rows, strict=True) if r["Read"]]
    if st.button(
        f"Read {plural(len(ticked), 'article')} into the store", type="primary", disabled=not ticked, key="add_start"
    ):
        who = session.get("reviewer") or getpass.getuser()
        job = IngestJob(data.store_path(), ticked, who, refused=session.pop("add_refused", ()))
        job.start()
        session["add_job"] = job
        st.rerun()


@st.fragment(run_every=0.7)
def watch_job() -> None:
    """The bar of a run that is under way; the whole page is drawn again when it ends."""
    job: IngestJob = session["add_job"]
    if job.finished:
        st.rerun(scope="app")
    words = f"{job.done} of {plural(job.total, 'article')}"
    left = time_words(job.seconds_left()) or "opening the gazetteer …"
    left = "ending after this article …" if job.cancelled else left
    st.progress(job.done / max(1, job.total), f"{words} · {left}")
    st.button("Cancel", key="add_cancel", on_click=job.cancel, disabled=job.cancelled)
    st.caption("You may turn to another screen: reading goes on. What has been read is kept when you cancel.")


def show_outcomes(report: Report) -> None:
    """A report by file."""
    table = adding.outcome_table(report.outcomes)
    st.dataframe(table, hide_index=True, width="stretch", column_config=REPORT, key="add_outcomes")


def show_last() -> None:
    """What the last reading of this store did, by whomever: kept over a reload."""
    last = data.last_report(data.store_path())
    if last is None:
        return
    with st.expander(adding.kept_line(last).replace("[", "\\[")):
        show_outcomes(last.report)
        if last.more:
            st.caption(f"{plural(last.more, 'further file')} known already or read without trouble.")


def show_report(job: IngestJob) -> None:
    """What a finished run did, by file."""
    if job.error:
        st.error(job.error[:1].upper() + job.error[1:], icon=":material/error:")
    if job.report:
        line = adding.report_line(job.report) + adding.stopped_words(job.report, job.total - job.done)
        st.html(f"<p class='dl-count' role='status'>{line}</p>")
        show_outcomes(job.report)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Add more", type="primary", key="add_more"):
            keep = job.report.stopped if job.report else True
            session["add_items"] = session["add_items"] if keep else {}
            session["add_round"] += 0 if keep else 1
            del session["add_job"]
            st.rerun()
        st.page_link("screens/map.py", label="See them on the map")


def main() -> None:
    """One run of the screen."""
    session.setdefault("add_items", {})
    session.setdefault("add_round", 0)
    st.html("<h1 class='dl-title'>Add articles</h1>")
    job: IngestJob | None = session.get("add_job")
    if job is not None and job.finished:
        show_report(job)
        return
    if job is not None:
        watch_job()
        return
    left, right = st.columns(2, gap="large")
    with left:
        take_files()
    with right:
        take_words()
        take_address()
    items = [item for part in session["add_items"].values() for item in part]
    unique = {i.id: i for i in items if isinstance(i, Document)}
    session["add_refused"] = [i for i in items if isinstance(i, Refusal)]
    if unique:
        review(adding.by_day(unique.values()))
    twice = sum(isinstance(i, Document) for i in items) - len(unique)
    if twice:
        st.caption(f"{plural(twice, 'article')} with the very same text as another stands here once.")
    show_refused(session["add_refused"])
    if not items:
        st.html(
            "<p class='dl-note'>Nothing leaves this machine. Whole folders are read by <code>python -m geodata ingest"
            " FOLDER</code>; <code>python -m geodata watch FOLDER</code> takes whatever arrives in one.</p>"
        )
        show_last()


main()
