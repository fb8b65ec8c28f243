"""The map, by Folium; nothing here knows Streamlit."""
