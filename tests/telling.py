"""What a page says, as `AppTest` sees it."""

from streamlit.testing.v1 import AppTest


def told(app: AppTest) -> str:
    """Return the words of the page's own blocks."""
    return " ".join([*(part.proto.body for part in app.get("html")), *(part.value for part in app.markdown)])


def words(app: AppTest) -> str:
    """Return all that the page says."""
    return " ".join([told(app), *(part.value for part in (*app.error, *app.code, *app.warning, *app.caption))])
