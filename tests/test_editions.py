"""A site beside its clippings: editions, what is kept, what says that it is out of date."""

import html
import json
import re
from urllib.parse import unquote

import nbformat
import pytest
from browsing import open_page
from nbformat import v4

from helpers import made, site, themes, tongues
from helpers.entries import linked, names_in

PAGE = """望川日报 2023年7月18日 第2版

外贸稳中有进<b>

本报望川7月17日电（记者林一）上半年，望川市进出口总额1200亿元，同比增长8.1%。“订单多了”，一家企业的负责人说。<script>window.ran = 1</script>

展会开到家门口

本报望川7月17日电（记者林二）一场展会在望川市开幕，来自12个国家的客商到会。主办方说，到会的人比去年多。
"""  # 进出口 imports and exports, 展会 a fair
TABLE = "<table class='dataframe'><thead><tr><th>article</th></tr></thead><tbody>{}</tbody></table>"


@pytest.fixture
def corpus(tmp_path):
    """A folder with one clipping."""
    folder = tmp_path / "corpus"
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "a b.txt").write_text(PAGE, encoding="utf-8")
    return folder


@pytest.fixture
def notebooks(tmp_path):
    """A folder with a notebook for teaching."""
    tags = {"title": "# 小样\n*A sample*", "question zh": "谁？", "question en": "Who?"}
    tags |= {"exercise": "## 练习 / Exercises", "exercise zh": "数一数。", "exercise en": "Count."}
    tags |= {"answer zh": "两次。", "answer en": "Twice."}
    cells = [v4.new_markdown_cell(text, metadata={"tags": t.split()}) for t, text in tags.items()]
    cells.insert(3, v4.new_code_cell("counted"))
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    (tmp_path / "in").mkdir()
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "in" / "01_small.ipynb")
    return tmp_path / "in"


@pytest.fixture
def runs(monkeypatch):
    """The names of the notebooks that were run, which no kernel is asked for."""
    names = []

    def run(path, corpus):
        names.append(path.stem)
        notebook, articles = nbformat.read(path, as_version=4), site.articles_of(corpus)
        rows = "".join(f"<tr><td>{html.escape(name)}</td></tr>" for name in articles["article"])
        output = v4.new_output("execute_result", {"text/html": TABLE.format(rows)})
        notebook.cells[3].outputs = [output]
        return notebook, "", 0.4

    monkeypatch.setattr(site, "run_notebook", run)
    return names


def lines_of(notebooks, out, corpus, **choices):
    """The lines of progress of a build."""
    return list(site.build_lines(notebooks, out, corpus, site.Choices(True, **choices)))


def text_of(out, edition=""):
    """The notebook's page in an edition."""
    return (out / edition / "01_small.html").read_text("utf-8")


def test_three_editions_come_of_one_run(notebooks, corpus, runs, tmp_path):
    lines_of(notebooks, tmp_path, corpus, edition="all")
    full, reading, teaching = (text_of(tmp_path, e) for e in ("", "reading", "teaching"))
    assert runs == ["01_small"]
    assert [text.count('class="code"') for text in (full, reading, teaching)] == [1, 0, 1]
    assert [text.count("数一数。") for text in (full, reading, teaching)] == [0, 0, 1]
    assert re.search(
        r"<details[^>]*answer[^>]*>.*?两次。.*?Twice\..*?</details>", teaching, re.DOTALL
    )
    assert teaching.count("参考答案") == 1
    assert 'href="reading/01_small.html"' in full and 'href="../01_small.html"' in reading
    assert 'href="../teaching/01_small.html"' in reading
    assert 'src="../assets/page.js"' in teaching and 'src="assets/page.js"' in full


@pytest.mark.parametrize("edition", ["reading", "teaching", "all"])
def test_two_builds_of_an_edition_are_the_same_to_the_byte(
    notebooks, corpus, runs, tmp_path, edition
):
    for out in ("one", "two"):
        lines_of(notebooks, tmp_path / out, corpus, edition=edition)
    files = [p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*.html")]
    assert len(files) == (6 if edition == "all" else 2)
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_one_edition_stands_alone(notebooks, corpus, runs, tmp_path):
    lines_of(notebooks, tmp_path, corpus, edition="teaching")
    assert "数一数。" in text_of(tmp_path) and "Other editions" not in text_of(tmp_path)
    assert not (tmp_path / "teaching").exists()


def test_what_has_not_changed_is_not_run_again(notebooks, corpus, runs, tmp_path):
    lines_of(notebooks, tmp_path, corpus)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
    assert lines_of(notebooks, tmp_path, corpus) == ["1/1 01_small.ipynb: unchanged, kept as it is"]
    assert before == {path: path.read_bytes() for path in before}
    assert lines_of(notebooks, tmp_path, corpus, force=True) == ["1/1 01_small.ipynb: 0 s"]
    assert before == {path: path.read_bytes() for path in before}
    assert len(runs) == 2


@pytest.mark.parametrize("what", ["clipping", "notebook", "words", "page", "edition", "version"])
def test_what_has_changed_is_run_again(notebooks, corpus, runs, tmp_path, monkeypatch, what):
    lines_of(notebooks, tmp_path, corpus)
    other = {"edition": "reading"} if what == "edition" else {}
    changes = {
        "clipping": lambda: (corpus / "pages" / "b.txt").write_text(PAGE, encoding="utf-8"),
        "notebook": lambda: (notebooks / "01_small.ipynb").open("a").write("\n"),
        "words": lambda: (corpus / "words.txt").write_text("外贸 n\n", encoding="utf-8"),
        "page": (tmp_path / "01_small.html").unlink,
        "version": lambda: monkeypatch.setattr(made, "surroundings", lambda: ["jieba 9"]),
    }
    changes.get(what, dict)()
    lines_of(notebooks, tmp_path, corpus, **other)
    assert len(runs) == 2


def test_a_notebook_that_failed_is_run_again(notebooks, corpus, runs, tmp_path, monkeypatch):
    run = site.run_notebook
    monkeypatch.setattr(site, "run_notebook", lambda *a: (run(*a)[0], "cell [1]: no", 0.1))
    for _ in range(2):
        with pytest.raises(RuntimeError, match="01_small.ipynb, cell"):
            lines_of(notebooks, tmp_path, corpus)
    assert len(runs) == 2


def test_pages_say_when_the_clippings_have_changed(notebooks, corpus, runs, tmp_path):
    lines_of(notebooks, tmp_path / "out", corpus, edition="all")
    now = site.articles_of(corpus).attrs["fingerprint"]
    before = text_of(tmp_path / "out")
    assert made.mark_changed(tmp_path / "out", now) == []
    stale = made.mark_changed(tmp_path / "out", "another")
    assert len(stale) == 6 and "teaching/index.html" in stale
    assert text_of(tmp_path / "out")[:200].count(" data-changed") == 1
    made.mark_changed(tmp_path / "out", "another")
    assert text_of(tmp_path / "out")[:200].count(" data-changed") == 1
    made.mark_changed(tmp_path / "out", now)
    assert text_of(tmp_path / "out") == before


def test_a_folder_that_is_no_site_is_left_alone(tmp_path):
    (tmp_path / "a.html").write_text('<html data-corpus="x">', encoding="utf-8")
    assert made.mark_changed(tmp_path, "y") == []
    assert made.mark_changed(tmp_path / "none", "y") == []


def test_articles_stand_in_full_at_the_end_and_never_run(notebooks, corpus, runs, tmp_path):
    lines_of(notebooks, tmp_path, corpus)
    text = text_of(tmp_path)
    assert text.count('<details class="entry">') == 2
    assert 'href="#a-a%20b.txt%2301"' in text and 'id="a-a b.txt#01"' in text
    assert "来自12个国家的客商到会" in text and "第2版" in text and "page 2" in text
    assert "<script>window" not in text and "&lt;script&gt;window.ran = 1" in text


def test_excerpts_leave_the_articles_out(notebooks, corpus, runs, tmp_path):
    lines_of(notebooks, tmp_path, corpus, excerpts=True)
    assert "来自12个国家的客商到会" not in text_of(tmp_path)
    assert 'href="#a-' not in text_of(tmp_path)
    heads = (tmp_path / "index.html").read_text("utf-8").split('id="heads">')[1]
    assert [row[-1] for row in json.loads(heads.split("</script>")[0])] == ["", ""]


def test_the_index_leads_to_the_articles(notebooks, corpus, runs, tmp_path):
    lines_of(notebooks, tmp_path, corpus)
    heads = (tmp_path / "index.html").read_text("utf-8").split('id="heads">')[1]
    rows = json.loads(heads.split("</script>")[0])
    assert [row[-2:] for row in rows] == [["a b.txt#01", "01_small"], ["a b.txt#02", "01_small"]]
    assert rows[0][1:3] == ["望川日报", "2023-07-18"]


@pytest.mark.browser
def test_a_link_opens_an_article_and_the_search_finds_it(
    notebooks, corpus, runs, tmp_path, browser
):
    lines_of(notebooks, tmp_path / "out", corpus)
    page, trouble = open_page(browser, tmp_path / "out" / "index.html")
    page.locator("#sought").fill("展会")
    assert page.locator(".card >> visible=true").count() == 0
    assert "0 notebooks, 1 headlines" in page.locator(".many").inner_text()
    page.locator(".heads a").click()
    entry = page.locator("details.entry", has_text="展会开到家门口")
    entry.locator("article").wait_for()  # it is open
    assert "来自12个国家的客商到会" in entry.inner_text()
    page.get_by_role("link", name="a b.txt#01").click()
    page.locator("details.entry", has_text="外贸稳中有进").locator("article").wait_for()
    assert page.evaluate("window.ran") is None
    assert trouble == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('"a b.txt#01"', ["a b.txt#01"]),
        ('"望川日报 · 2023-07-18 · a b.txt#01 · 第3行"', ["a b.txt#01"]),
        ("（望川日报，2023-07-18，a b.txt#01）", ["a b.txt#01"]),
        ("<td>a&amp;b.txt#02</td>", ["a&b.txt#02"]),
        ("<td>a&lt;b.txt#03</td>", ["a<b.txt#03"]),
        ('"a\\u003cb.txt#03"', ["a<b.txt#03"]),
        ('"a&amp;b.txt#04"', ["a&amp;b.txt#04"]),  # JSON has it letter for letter
        ("b.txt#010 xa b.txt#011", []),
        ("b.txt#01", []),
    ],
)
def test_names_of_articles_are_found(text, names):
    known = {"a b.txt#01", "a&b.txt#02", "a<b.txt#03", "a&amp;b.txt#04"}
    assert names_in(text, known) == names


@pytest.mark.parametrize("name", ["a<b>.txt", "a&b.txt", "a&lt;b.txt", "<script>a.txt"])
def test_a_file_may_be_named_as_markup(notebooks, corpus, runs, tmp_path, name):
    try:
        (corpus / "pages" / "a b.txt").rename(corpus / "pages" / name)
    except OSError:
        pytest.skip("this system has no files of such a name")
    lines_of(notebooks, tmp_path, corpus)
    text = text_of(tmp_path)
    assert text.count('<details class="entry">') == 2 and "<script>a" not in text
    ids = [html.unescape(x) for x in re.findall(r'<article id="a-([^"]*)"', text)]
    links = [unquote(x) for x in re.findall(r'href="#a-([^"]*)"', text)]
    assert ids == links == [f"{name}#01", f"{name}#02"]


def test_a_cell_that_only_looks_like_a_name_is_no_link():
    assert linked("<td>x.txt#01</td>", ["a.txt#01"]) == "<td>x.txt#01</td>"


def test_a_term_stays_chinese_and_its_gloss_comes_and_goes():
    labels = tongues.known_labels(themes.load_themes())
    table = "<table><thead></thead><tbody><td>海关</td><td>关系</td></tbody></table>"
    told = tongues.in_both(table, labels)
    assert '<td data-name="海关">海关 <span class="en gloss" lang="en">customs</span></td>' in told
    assert "<td>关系</td>" in told
    chart = {"data": [{"y": ["海关", "关系"], "text": ["海关"]}]}
    assert tongues.pairs_of([chart], labels) == {"海关": ("海关", "海关 customs")}


def test_every_theme_tells_its_terms_in_english():
    found = {}
    for theme in themes.load_themes():
        assert len(theme.glosses) >= 15, theme.name
        for term, said in theme.glosses.items():
            assert said == said.strip() and len(said) <= 45 and not tongues.has_han(said), term
            assert found.setdefault(term, said) == said  # a term has one gloss, whatever the theme


def test_a_gloss_is_of_a_term(tmp_path):
    text = (themes.FOLDER / "trade.toml").read_text("utf-8")
    (tmp_path / "trade.toml").write_text(f'{text}"关系" = "relations"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="glosses.*关系"):
        themes.load_themes(tmp_path)
