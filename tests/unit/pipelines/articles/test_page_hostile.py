"""Pages made to break a reader: each is read, in time that grows with its length only."""

import time

import pytest

from pipelines.articles.page_reader import read_page_article

STORY = "<h1>Bridge to open in May</h1>" + "".join(
    f"<p>The mayor said on day {n} that the bridge would open in May, and that the town would pay "
    f"the {n} million crowns that it costs.</p>"
    for n in range(8)
)
#: Seconds for pages of about a megabyte, with room for a slow machine; the time of most is 1.
_PATIENCE = 30.0


@pytest.mark.parametrize(
    ("page", "is_read"),
    [
        pytest.param("", False, id="empty"),
        pytest.param(" \n ", False, id="blank"),
        pytest.param("no markup at all", False, id="no markup"),
        pytest.param("<html><head><title>x", False, id="no body"),
        pytest.param("<frameset><frame src=a></frameset>", False, id="frameset"),
        pytest.param(STORY[:-300], True, id="truncated"),
        pytest.param("<div>" * 100_000 + STORY, True, id="nested 100,000 deep"),
        pytest.param(STORY + "<b>" * 100_000, True, id="inline nesting"),
        pytest.param(f"<script>{'x = 1;' * 2_000_000}</script>{STORY}", True, id="huge script"),
        pytest.param("<!--" * 100_000 + STORY, True, id="comment without end"),
        pytest.param(STORY + "<script>" * 50_000, True, id="scripts without end"),
        pytest.param(STORY + "<" * 500_000, True, id="only brackets"),
        pytest.param(STORY + "<p class='" + '"' * 300_000, True, id="attribute without end"),
        pytest.param(
            "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">x</p>" + STORY,
            True,
            id="50,000 attributes",
        ),
        pytest.param("<title>" + " - a | b" * 20_000 + "</title>" + STORY, True, id="long title"),
        pytest.param("<div><span>x</span></div>" * 15_000 + STORY, True, id="30,000 elements"),
        pytest.param(
            '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + STORY,
            True,
            id="deep linked data",
        ),
        pytest.param(
            '<script type="application/ld+json">[{"@type": ["Article", 5, null], "headline": {}, '
            '"author": [null, 5, {"name": [3]}], "publisher": [["x"]], "datePublished": 5, '
            f'"@id": [1]}}]</script>{STORY}',
            True,
            id="linked data of wrong types",
        ),
        pytest.param(
            '<script type="application/ld+json">{"@type": "Article", "headline": "A\\u0000 \\ud800 '
            f'title"}}</script><link rel="canonical" href="http://[x/y">{STORY}',
            True,
            id="controls and a false address in metadata",
        ),
        pytest.param('<?xml version="1.0" encoding="utf-16"?>' + STORY, True, id="false encoding"),
        pytest.param("\0<p>\x01</p>&#0;&#xD800;\ud800" + STORY, True, id="controls"),
    ],
)
def test_a_hostile_page_is_read(page: str, *, is_read: bool) -> None:
    began = time.monotonic()
    article = read_page_article(page)
    assert time.monotonic() - began < _PATIENCE
    assert "".join(article.text[b.start : b.end] for b in article.blocks) == article.text
    assert not any(ord(c) < 32 and c not in "\n\t" for c in article.text)
    assert ("The mayor said on day 3" in article.text) is is_read
