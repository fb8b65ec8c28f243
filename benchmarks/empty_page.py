"""The least that a Streamlit page can do on a slider move: write one line of text."""

import datetime as dt

import streamlit as st

chosen = st.slider("dates", dt.date(2015, 1, 1), dt.date(2024, 12, 31), (dt.date(2015, 1, 1), dt.date(2024, 12, 31)))
st.html(f"<div id='told'>{chosen[0]} {chosen[1]}</div>")
