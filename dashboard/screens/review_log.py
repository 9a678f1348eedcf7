"""Review: the log as a CSV file, out and in."""

from __future__ import annotations

import streamlit as st

__all__ = ["log_menu"]


def log_menu() -> None:
    """Placeholder until the log can be written as a file."""
    st.caption("")
