"""The site: every chart drawn, every table usable, nothing fetched, nothing foreign run."""

import ast
import asyncio
import json
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from browsing import QUIET, open_page
from nbformat import v4

from helpers import pages, site, tongues

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# What a clipping could hold that would do harm if a page took it for HTML.
HOSTILE = (
    "<script>window.ran = 'script'</script>"
    "<img src=x onerror=\"window.ran = 'img'\">"
    "<svg onload=\"window.ran = 'svg'\"></svg>"
    "<a href=\"javascript:window.ran = 'link'\">link</a>"
)
SETUP = f"""
import pandas as pd
import plotly.graph_objects as go
HOSTILE = {HOSTILE!r}
words = ["数据", "网络", "信息"]  # data, network, information
"""
BARS = """
from helpers import cite, plot_bars
said = [f"{word}：12 篇中 {n} 篇提到 / {word}: in {n} of 12 <b>articles" for word, n in zip(words, [7, 5, 3])]
hits = pd.DataFrame({"article": [f"p#0{n}" for n in range(1, 9)], "start": 2, "word": "网络"})
told = hits.assign(headline=HOSTILE, paper="某报", date=pd.Timestamp("2023-09-01"), page_no=3,
                   text="要把网络" + HOSTILE[:60], origin=[[[0, 7, 0]]] * 8, spans=[[[7, 7]]] * 8)
table = pd.DataFrame({"word": words, "articles": [7, 5, 3], "said": said})
cite(plot_bars(table, "谁多" + HOSTILE + " / Who says more", "篇数 / articles"), hits, told)
"""
LINE = """
fig = go.Figure(go.Scatter(x=["2023-09", "2023-10"], y=[1, 2], text=[HOSTILE, HOSTILE],
                           name="上升或持平 rising or level"))
fig.update_layout(title="几次 How often").update_yaxes(title="\\u2028\\u2029</script>").show()
"""
TABLE = """
pd.DataFrame({"词": [HOSTILE] + list("甲乙丙丁戊己庚辛壬癸子"), "次数": range(12, 0, -1),
              "公式": ["=1+1"] + ["-5"] * 10 + ["@x"]}).set_index("词")
"""
HTML = """
from IPython.display import HTML, Javascript, display
display(HTML("<p class='notice' onclick='window.ran = 1'>后" + HOSTILE + "</p>"))
display(HTML("<table class='dataframe'><thead><tr><th>词<tbody><tr><td rowspan=9>甲<td>乙</table>"))
display(Javascript("window.ran = 'javascript'"))
"""
DOT = """
from IPython.display import SVG
SVG("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><circle r='4'/></svg>")
"""
HOVER = ("网络：12 篇中 5 篇提到", "网络: in 5 of 12 <b>articles")  # network
REMOTE = "![](https://example.org/x.png)"


def markdown(text, *tags):
    """A markdown cell."""
    return v4.new_markdown_cell(text, metadata={"tags": list(tags)})


def code(text, *tags):
    """A code cell."""
    return v4.new_code_cell(text, metadata={"tags": list(tags)})


def write_notebook(folder, name, *cells):
    """Write a notebook whose cell ids do not change from call to call."""
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(v4.new_notebook(cells=list(cells)), folder / f"{name}.ipynb")


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory):
    """A folder with one small notebook in which every cell tries to do harm."""
    folder = tmp_path_factory.mktemp("notebooks")
    write_notebook(
        folder,
        "01_small",
        markdown("# 小样 & <b>题</b>\n\n*A small sample*", "title"),
        markdown(f"谁说得多？ {HOSTILE}", "question", "zh"),
        markdown(f"Who says more? {HOSTILE}", "question", "en"),
        code("# EDIT HERE" + SETUP, "knobs"),
        code("print('语料 12 篇 · corpus of 12 articles')", "stamp"),
        code("print('网络 7 次。', HOSTILE)\nprint('Seven times.')", "finding"),
        markdown(f"## 图 / Charts\n\n{HOSTILE}\n\n{REMOTE} [next](02_next.ipynb#a)"),
        code(BARS),
        code(LINE),
        markdown("## 表\n*Tables*"),
        code(TABLE),
        markdown("## 其余 / The rest"),
        code("print('平常的话', HOSTILE); object()"),
        code(HTML),
        code(DOT),
        markdown("## 看不到什么 / What this cannot show", "limits"),
    )
    return folder


@pytest.fixture(scope="module")
def single(notebooks, tmp_path_factory):
    """The folder of a site whose pages each hold everything."""
    out = tmp_path_factory.mktemp("single")
    site.build_site(notebooks, out, notebooks)
    return out


@pytest.fixture(scope="module")
def shared(notebooks, tmp_path_factory):
    """The folder of a site whose pages share their scripts."""
    out = tmp_path_factory.mktemp("shared")
    site.build_site(notebooks, out, notebooks, site.Choices(shared=True))
    return out


@pytest.fixture(scope="module")
def drawn(browser, single):
    """The small notebook's page in the browser, and what it complained of."""
    return open_page(browser, single / "01_small.html")


@pytest.fixture(scope="module")
def page(drawn):
    """The small notebook's page in the browser."""
    return drawn[0]


def column(page, number):
    """The texts of one column of the first table, as far as they can be seen."""
    table = page.locator("table.dataframe").first
    cells = table.locator(f"tbody tr:visible > :nth-child({number})")
    return cells.all_text_contents()


def bar_of(page, number):
    """The middle of a bar of the first chart, once it has been brought into view."""
    bar = page.locator(".plate").first.locator(".point path").nth(number)
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["single", "shared"])
def test_every_chart_is_drawn_and_nothing_is_fetched(browser, kind, request):
    page, trouble = open_page(browser, request.getfixturevalue(kind) / "01_small.html")
    assert page.locator(".plate .barlayer .trace").count() == 1
    assert page.locator(".plate .scatterlayer .trace").count() == 1
    assert page.locator(".drawing.js-plotly-plot").count() == 2
    assert page.locator(".modebar-btn").count() == 0
    assert trouble == []


@pytest.mark.browser
def test_a_shared_page_alone_says_what_it_lacks(browser, shared, tmp_path):
    shutil.copytree(shared, tmp_path / "copy")
    (tmp_path / "copy" / "assets" / "plotly.min.js").unlink()
    page, _ = open_page(browser, tmp_path / "copy" / "01_small.html")
    assert "assets" in page.locator(".plate .notice").first.text_content()


@pytest.mark.browser
def test_nothing_hostile_runs(drawn):
    page, trouble = drawn
    marked = page.evaluate(
        """[...document.querySelectorAll('*')].flatMap((e) => [...e.attributes]).filter(
             (a) => /^on/i.test(a.name) || /^\\s*javascript:/i.test(a.value)).map((a) => a.name)"""
    )
    assert page.evaluate("window.ran") is None
    assert marked == []
    assert page.locator("main script:not([type='application/json'])").count() == 0
    assert trouble == []


@pytest.mark.browser
def test_hover_says_its_sentence(page):
    page.mouse.move(*bar_of(page, 1))
    page.wait_for_selector(".hovertext")
    assert page.locator(".hovertext .line").all_text_contents() == [*HOVER]


@pytest.mark.browser
def test_a_click_opens_the_evidence_and_escape_closes_it(page):
    page.mouse.click(*bar_of(page, 1))
    panel = page.locator("dialog.evidence")
    assert panel.locator("mark").all_text_contents() == ["网络"] * 6
    assert "6 of 8" in panel.locator(".many").text_content()
    assert HOSTILE[:60] in panel.locator("article p").first.text_content()
    assert panel.locator(".headline").first.text_content() == HOSTILE
    assert "某报 · 2023-09-01 · 第3版 · 第7行" in panel.locator(".source").first.text_content()
    page.keyboard.press("Escape")
    panel.wait_for(state="detached")
    assert page.evaluate("document.activeElement.className").startswith("drawing")
    assert page.evaluate("window.ran") is None


@pytest.mark.browser
def test_a_table_sorts_by_click_and_by_key(page):
    button = page.locator("th.number .sort")
    button.click()
    button.press("Enter")
    assert page.locator("th.number").get_attribute("aria-sort") == "ascending"
    assert column(page, 2) == [str(n) for n in range(1, 13)]
    button.press("Space")
    assert page.locator("th.number").get_attribute("aria-sort") is None
    assert column(page, 2) == [str(n) for n in range(12, 0, -1)]


@pytest.mark.browser
def test_a_table_filters(page):
    box = page.locator(".table input")
    box.fill("甲")
    assert column(page, 1) == ["甲"]
    assert "download 1 rows" in page.locator(".table .save").first.text_content()
    box.fill("")
    assert len(column(page, 1)) == 12
    assert column(page, 1)[0] == HOSTILE


@pytest.mark.browser
def test_a_table_downloads_without_formulas(browser, single):
    page, _ = open_page(browser, single / "01_small.html")
    with page.expect_download() as started:
        page.locator(".table .save button").first.click()
    lines = started.value.path().read_text("utf-8-sig").splitlines()
    assert lines[0] == "词,次数,公式"
    assert lines[1].endswith(",12,'=1+1")
    assert lines[2] == "甲,11,-5"
    assert lines[12] == "子,1,'@x"


def seen(page, selector):
    """The texts of the elements that can be seen."""
    return page.locator(f"{selector} >> visible=true").all_inner_texts()


@pytest.mark.browser
def test_one_language_or_both_is_shown_and_kept(browser, single):
    page, trouble = open_page(browser, single / "01_small.html")
    assert page.locator("html").get_attribute("data-tongue") == "both"
    assert seen(page, "h2")[0] == "图\nCharts"
    page.get_by_role("button", name="English").click()
    assert seen(page, "h2") == ["Charts", "Tables", "The rest", "What this cannot show"]
    assert seen(page, ".question div")[0].startswith("Who says more?")
    assert seen(page, ".stamp") == ["corpus of 12 articles"]
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto((single / "index.html").as_uri())  # the choice holds on the other pages
    assert seen(page, ".card h2") == ["A small sample"]
    assert page.locator("[aria-pressed=true]").inner_text() == "English"
    page.goto((single / "01_small.html").as_uri() + "?lang=zh")
    assert seen(page, "h2")[0] == "图"
    assert trouble == []


@pytest.mark.browser
def test_without_a_script_both_languages_are_there(browser, single):
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto((single / "01_small.html").as_uri())
    assert seen(page, "h2")[0] == "图\nCharts"
    assert page.locator(".tongues").is_hidden()


@pytest.mark.browser
def test_a_chart_speaks_the_language_of_the_page(browser, single):
    page, _ = open_page(browser, single / "01_small.html")
    page.get_by_role("button", name="English").click()
    assert seen(page, ".chart .head")[1] == "How often"
    assert "2023" in page.locator(".chart").nth(1).text_content()
    names = "document.querySelectorAll('.drawing')[1].data[0].name"
    page.wait_for_function(f"{names} === 'rising or level'")
    told = "document.querySelectorAll('.drawing')[0].data[0].customdata[1][1]"
    assert page.evaluate(told) == HOVER[1].replace("<", "&lt;").replace(">", "&gt;")
    page.locator(".drawing").first.press("Home")
    page.keyboard.press("Enter")
    assert seen(page, "dialog .saying") == [HOVER[1].replace("5", "7").replace("网络", "数据")]
    assert seen(page, "dialog .many")[0] == "Nothing was counted here, so there is no passage."
    page.keyboard.press("Escape")
    page.get_by_role("button", name="中文").click()
    page.wait_for_function(f"{names} === '上升或持平'")
    assert page.evaluate(told) == HOVER[0]
    assert seen(page, ".chart .head")[1] == "几次"


@pytest.mark.browser
def test_headings_become_a_list_of_contents(page):
    links = page.locator(".contents a")
    assert links.locator("[lang=zh]").all_text_contents() == ["图", "表", "其余", "看不到什么"]
    links.nth(1).click()
    assert page.evaluate("decodeURIComponent(location.hash)") == "#表"


@pytest.mark.browser
@pytest.mark.parametrize("name", ["01_small.html", "index.html"])
def test_a_phone_scrolls_no_page_sideways(browser, single, name):
    page, trouble = open_page(browser, single / name, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("window.ran") is None
    assert trouble == []


@pytest.mark.browser
def test_charts_fit_the_paper_and_come_back(page):
    width = "document.querySelector('.drawing .main-svg').getBoundingClientRect().width"
    before = page.evaluate(width)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(width) == 640
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(width) == before


@pytest.mark.browser
def test_on_paper_the_passages_are_notes_at_the_end(browser, single):
    page, trouble = open_page(browser, single / "01_small.html")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # again: the notes are set once
    notes = page.locator(".endnotes li")
    assert notes.count() == 2 and not notes.first.is_visible()
    page.emulate_media(media="print")
    first = notes.first.inner_text()
    assert first.startswith("要把网络") and "《" + HOSTILE in first and "p#01" in first
    assert "某报 · 2023-09-01 · 第3版 · 第7行 page 3, line 7" in first
    assert notes.locator("mark").all_text_contents() == ["网络"] * 2
    assert page.locator(".cited a").all_text_contents() == ["[1]", "[2]"]
    page.evaluate("document.querySelector('[data-speak=en]').click()")
    assert "某报 · 2023-09-01 · page 3, line 7" in notes.first.inner_text()
    assert page.evaluate("window.ran") is None and not trouble


async def printed(chromium, path, seconds):
    """The page as a PDF, or a TimeoutError."""
    from playwright.async_api import async_playwright

    async with async_playwright() as p:
        running = await p.chromium.launch(executable_path=chromium, args=QUIET)
        page = await running.new_page()
        await page.goto(path.as_uri())
        await page.wait_for_selector("html[data-ready]", state="attached")
        pdf = await asyncio.wait_for(page.pdf(prefer_css_page_size=True), seconds)
        await running.close()
    return pdf


@pytest.mark.browser
def test_a_page_prints_within_half_a_minute(browser, chromium, single):
    with ThreadPoolExecutor(1) as aside:  # the thread of the tests has an event loop already
        pdf = aside.submit(asyncio.run, printed(chromium, single / "01_small.html", 30)).result()
    assert pdf.startswith(b"%PDF")
    assert len(pdf) > 20_000


def test_two_builds_are_the_same_to_the_byte(notebooks, single, tmp_path):
    files = site.build_site(notebooks, tmp_path, notebooks)
    assert [file.name for file in files] == ["index.html", "01_small.html"]
    for file in files:
        assert file.read_bytes() == (single / file.name).read_bytes()


def test_a_single_page_holds_plotly_once_and_the_index_holds_none(single, shared):
    text = (single / "01_small.html").read_text("utf-8")
    assert text.count(pages.asset("plotly.min.js")) == 1
    assert (single / "index.html").stat().st_size < 60_000
    assert (shared / "01_small.html").stat().st_size < 100_000
    assert sorted(file.name for file in (shared / "assets").iterdir()) == [
        "page.css",
        "page.js",
        "plotly.min.js",
        "search.js",
        "tongue.js",
    ]


def test_the_index_shows_each_notebook_escaped(single):
    text = (single / "index.html").read_text("utf-8")
    for words in (
        "小样 &amp; &lt;b&gt;题&lt;/b&gt;",
        "A small sample",
        "谁说得多？",
        "网络 7 次。",
    ):
        assert words in text
    assert "语料 12 篇 · corpus of 12 articles" in text
    assert "<img" not in text
    assert "javascript:window" in text  # as words, not as a link
    assert not re.search("href=.javascript", text)


def test_tags_decide_what_a_page_shows(single):
    text = (single / "01_small.html").read_text("utf-8").split('class="foot"')[0]
    assert (
        text.index("A small sample") < text.index("corpus of 12 articles") < text.index("谁说得多")
    )
    assert "print('语料" not in text and "print('网络" not in text  # code of the stamp, the finding
    assert "settings" in text
    assert 'class="cell text limits"' in text
    assert 'href="02_next.html#a"' in text
    assert "example.org" not in text
    assert "&lt;object&gt;" in text  # without its address in memory, which no two runs share
    assert text.count('src="data:image/svg+xml;base64,') == 1


def test_a_notebook_that_fails_leaves_its_page_and_the_others(tmp_path):
    write_notebook(tmp_path / "in", "01_bad", code("1"), code("print('好')\n1 / 0"), code("'后'"))
    write_notebook(tmp_path / "in", "02_good", markdown("# 好\n*Good*", "title"), code("2"))
    lines = []
    with pytest.raises(RuntimeError, match=r"01_bad\.ipynb, cell \[2\]: ZeroDivisionError: div"):
        lines.extend(site.build_lines(tmp_path / "in", tmp_path, tmp_path))
    bad = (tmp_path / "01_bad.html").read_text("utf-8")
    assert "division by zero" in bad
    assert '<details class="code" open="">' in bad
    assert "Good" in (tmp_path / "02_good.html").read_text("utf-8")
    assert "did not run to its end" in (tmp_path / "index.html").read_text("utf-8")


def test_progress_comes_line_by_line(tmp_path):
    write_notebook(
        tmp_path, "一", code("import os; print(os.environ['JIANBAO_CORPUS'], os.getcwd())")
    )
    lines = list(site.build_lines([tmp_path / "一.ipynb"], tmp_path / "out", tmp_path / "corpus"))
    assert re.fullmatch(r"1/1 一\.ipynb: \d+ s", *lines)
    assert f"{tmp_path / 'corpus'} {tmp_path}" in (tmp_path / "out" / "一.html").read_text("utf-8")


def test_the_data_of_a_chart_cannot_end_its_script():
    chart = pages.figure({"data": [{"text": "</script>\u2028\u2029"}], "layout": {}})
    assert not set("<\u2028\u2029") & set(chart["json"])
    assert json.loads(chart["json"])["data"][0]["text"] == "</script>\u2028\u2029"


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<p onclick='x'>好</p>", "<p>好</p>"),
        ("<a href='java&#10;script:x'>好</a>", '<a rel="noopener noreferrer">好</a>'),
        ("<a href='data:text/html,x'>好</a>", '<a rel="noopener noreferrer">好</a>'),
        ("<img src='https://example.org/x.png' alt='图'>", '<img alt="图">'),
        ("<style>*{}</style><iframe src=x></iframe><form><input></form>好", "好"),
        ("<div class='plate evidence'>好</div>", '<div class="">好</div>'),
        ("<h2 id='Plotly'>好</h2>", "<h2>好</h2>"),
    ],
)
def test_foreign_html_is_cleaned(dirty, clean):
    assert pages.clean_html(dirty) == clean


def test_a_table_survives_the_cleaning():
    table = '<table class="dataframe"><thead><tr><th scope="col">词</th></tr></thead></table>'
    assert pages.clean_html(table) == table


@pytest.mark.parametrize(
    ("plain", "marked"),
    [
        (
            "<h2>何时 / When</h2>",
            '<h2 id="何时"><span lang="zh">何时</span> <span class="en" lang="en">When</span></h2>',
        ),
        (
            "<h2>何时</h2>\n<p><em>When, &amp; how</em></p>",
            '<h2 id="何时"><span lang="zh">何时</span>'
            + ' <span class="en" lang="en">When, &amp; how</span></h2>',
        ),
        (
            "<h3>何时 多少</h3>\n<p><em>何时</em></p>",
            '<h3 id="何时-多少">何时 多少</h3>\n<p><em>何时</em></p>',
        ),
    ],
)
def test_the_english_of_a_heading_is_marked(plain, marked):
    assert pages.headings(plain) == marked


def test_the_module_is_quick_to_import():
    names = ["nbconvert", "nbclient", "nbformat", "nh3", "plotly.offline"]
    program = f"import sys, helpers.site; print([n for n in {names} if n in sys.modules])"
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"


def test_no_asset_names_a_place_on_the_network():
    for file in pages.ASSETS.rglob("*.*"):
        assert "//" not in re.sub(r"^\s*//|; // ", "", file.read_text("utf-8")), file.name


# --- the project's own notebooks, over the sample corpus


def plots_of(path):
    """How many cells of a notebook end in a figure."""
    cells = nbformat.read(path, as_version=4).cells
    calls = [n for c in cells if c.cell_type == "code" for n in ast.walk(ast.parse(c.source))]
    named = [getattr(n.func, "id", "") for n in calls if isinstance(n, ast.Call)]
    return sum(name.startswith("plot_") for name in named)


@pytest.mark.browser
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_own_pages_draw_every_chart_offline(browser, own_site, path):
    page, trouble = open_page(browser, own_site / f"{path.stem}.html")
    assert page.locator(".chart .main-svg").count() >= plots_of(path) > 0
    assert page.locator(".chart").count() == plots_of(path)
    assert not trouble


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_own_tables_have_heads_in_both_languages(own_site, path):
    heads = re.findall(r"<thead>.*?</thead>", page_text(own_site, path), re.DOTALL)
    bare = {name for head in heads for name in re.findall(r"<th[^>]*>([^<]+)</th>", head)}
    assert [name for name in bare if name.isascii()] == []


def test_every_footnote_of_our_own_is_in_both_languages(own_site):
    notes = [
        note
        for path in NOTEBOOKS
        for note in re.findall(
            '<div class="said footnote">(.*?)</div>', page_text(own_site, path), re.DOTALL
        )
    ]
    assert len(notes) > 10 and all(note.count('<span lang="zh">') == 1 for note in notes)
    assert not any(re.search(r"\{\d\}|\?\?", note) for note in notes)


@pytest.mark.parametrize(
    ("printed", "zh", "en"),
    [
        ("10 words in 2 articles. No minimum, no test.", "2 篇 10 词。不设下限，不作检验。", "10 words in 2 articles. No minimum, no test."),
        ("一共 3 处。Three in all.", "一共 3 处。", "Three in all."),
        ("一共 3 处。\nThree in all <b>.", "一共 3 处。", "Three in all &lt;b&gt;."),
        ("log_dice：余项 国家标准\n中国", None, None),  # Chinese alone
        ("10 words in 2 articles. Something else.", None, None),  # nothing is told by halves
    ],
)  # fmt: skip
def test_what_is_printed_is_in_the_language_of_the_page(printed, zh, en):
    told = tongues.said_in_both(printed)
    spans = re.findall(r'<span[^>]* ?lang="(zh|en)">(.*?)</span>', told, re.DOTALL)
    assert [(tongue, words.strip()) for tongue, words in spans] == (
        [("zh", zh), ("en", en)] if zh else []
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_own_charts_have_titles_in_both_languages(own_site, path):
    titles = re.findall(r"<figcaption>(.*?)</figcaption>", page_text(own_site, path), re.DOTALL)
    assert titles
    for lines in (re.findall(r"<p [^>]*>(.*?)</p>", title, re.DOTALL) for title in titles):
        english = re.findall(r'lang="en">(.*?)</span>', " ".join(lines))
        assert len(english) == len(lines), lines
        assert not any(tongues.has_han(line) for line in english), english


def page_text(folder, path):
    """The HTML of a notebook's page."""
    return (folder / f"{path.stem}.html").read_text("utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_phone_scrolls_no_own_page_sideways(browser, own_site, path):
    page, trouble = open_page(browser, own_site / f"{path.stem}.html", width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not trouble


@pytest.mark.browser
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_an_own_page_is_no_wider_than_the_paper(browser, own_site, path):
    page, _ = open_page(browser, own_site / f"{path.stem}.html", width=673)  # A4 less its margins
    page.emulate_media(media="print")
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 673


@pytest.mark.browser
def test_own_index_shows_every_question_and_finding(browser, own_site):
    page, trouble = open_page(browser, own_site / "index.html")
    text = page.locator("body").inner_text()
    assert all(f"{p.stem}.html" in page.content() for p in NOTEBOOKS)
    assert text.count("篇稿件") >= len(NOTEBOOKS) and not trouble


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_own_pages_are_small_enough_to_mail(own_site, path):
    assert (own_site / f"{path.stem}.html").stat().st_size < 6_000_000


@pytest.mark.browser
def test_own_tile_says_its_sentence_and_opens_its_passages(browser, own_site):
    page, trouble = open_page(browser, own_site / "70_figures_and_places.html")
    plate = page.locator(".plate", has=page.locator(".hm"))
    plate.scroll_into_view_if_needed()
    tile = plate.locator(".heatmap-label", has_text="浙江").bounding_box()
    at = tile["x"] + tile["width"] / 2, tile["y"] + tile["height"] / 2
    page.mouse.move(*at)
    page.wait_for_selector(".hovertext")
    assert re.match(
        r"浙江：\d+ 篇提到，共 \d+ 处；最多的是", page.locator(".hovertext").text_content()
    )
    page.mouse.click(*at)
    panel = page.locator("dialog.evidence")
    assert panel.locator("h2").text_content() == "浙江"
    assert panel.locator("mark").count() == panel.locator("article").count() > 0
    assert not trouble
