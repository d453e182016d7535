"""The browser itself: it starts, runs a page's script, and meets no network."""

from __future__ import annotations


def test_a_page_is_shown(page) -> None:
    page.set_content("<title>Who pays</title><p id=a></p><script>document.getElementById('a').textContent = 2 + 2</script>")
    assert page.title() == "Who pays"
    assert page.text_content("#a") == "4"
