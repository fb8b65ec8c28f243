"""Start the dashboard: ``streamlit run dashboard/app.py`` serves the page and its routes in one process."""

import os
import sys
from pathlib import Path

# `streamlit run` puts this folder on the path, not the repository's root that holds both packages.
sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

# The map's questions are answered while the page's script runs, and must not wait 5 ms at each turn for Python's lock.
sys.setswitchinterval(0.001)

# Read when pyarrow is imported; its own pool keeps what large answers took, 30 MB more for a million rows.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

import streamlit as st  # noqa: E402, after the path above

from dashboard.web.routes import ROUTES  # noqa: E402

app = st.App(Path(__file__).with_name("main.py"), routes=ROUTES)
