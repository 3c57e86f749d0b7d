"""citing: a figure and the places it counts → a figure whose marks lead to the sentence. See `cite`.

A place is a row of tokens, quotes, figures, places, slogans or a concordance: an article and where
in it. A mark has the places that agree with it in the columns it goes by. A figure keeps each
sentence once, and of a mark at most MOST, spread over the time they are from.
"""

import re
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

import pandas as pd

from helpers.describe import plain
from helpers.folder import root_of
from helpers.house import UNKNOWN
from helpers.read import Unreadable, read_file

MOST = 6  # passages of a mark: enough to see what it counts, and a page stays small
LONGEST, AROUND = 110, 46  # characters: of a sentence shown whole, else of either side of the hit
END_RE = re.compile("[。！？!?]+[”’」』）)]*|\\n")
WORDS = ("text", "node", "word")
COLUMNS = ["left", "node", "right", "headline", "paper", "date", "page_no", "article", "lines"]


def cite(figure, hits: pd.DataFrame, articles: pd.DataFrame):
    """The figure, each mark leading to the sentences behind it: a click, a tap or Enter opens them.

    hits: one row per place the figure counts, with `article`, `start` (in the text, or in `field`)
    and its words (`text`, `word` or `node`); without `start` the beginning of the text stands for
    it. Marks go by columns of the hits (word, province, by …), by `period` (month, quarter, year
    or paper of the article) or by other columns of articles. `evidence` gives them as a table; on
    a rendered page a panel shows them. A figure without marks is given back as it is.
    Raises ValueError where hits and marks have no column in common.
    """
    meta = figure.layout.meta
    if not meta or not meta.get("keys"):
        return figure
    keys = pd.DataFrame([*meta["keys"]], columns=[*meta["by"]])
    articles = articles.reset_index(drop=True)
    found = _agreeing(keys, _keyed(hits, keys, articles))
    sample, known = _sample(found, articles), articles.drop_duplicates("article")
    known = known[known["article"].isin(sample["article"])]  # of all it would take a second
    about = {a["article"]: a for a in known.to_dict("records")}
    kept, sentences = [[] for _ in keys.index], {}
    for place in _printed(sample, articles.attrs.get("folder")):
        sentence, begin, end = _sentence(place, about.get(place["article"]))
        kept[place["mark"]].append([sentences.setdefault(sentence, len(sentences)), begin, end])
    named = list(dict.fromkeys(s[0] for s in sentences))
    cited = {
        "totals": found["mark"].value_counts().reindex(keys.index, fill_value=0).tolist(),
        "hits": kept, "articles": [[name, *_told(about.get(name))] for name in named],
        "sentences": [[named.index(name), *rest] for name, *rest in sentences],
    }  # fmt: skip
    return type(figure)(figure).update_layout(meta=meta | cited)


def evidence(figure, mark: str) -> pd.DataFrame:
    """One row per passage behind a mark of a figure: left, node, right, headline, paper, date …

    mark: its name, as the figure's own table has it (出口 · 2023). The rows are a sample, spread
    over time; table.attrs["total"] says of how many. Raises ValueError that lists the marks where
    there is none of that name, and where the figure was not given its passages with `cite`.
    """
    meta = figure.layout.meta or {}
    if "names" not in meta:  # there was nothing to draw
        return pd.DataFrame(columns=COLUMNS)
    if "hits" not in meta:
        raise ValueError("This figure cites nothing: draw it as cite(plot_…(…), hits, articles).")
    names = [*meta["names"]]
    if mark not in names:
        near = get_close_matches(str(mark), names, 12, 0.1) or names[:12]
        raise ValueError(f"There is no mark {mark!r} among {len(names)}, but: {', '.join(near)}.")
    rows = []
    for sentence, begin, end in meta["hits"][names.index(mark)]:
        article, text, lines = meta["sentences"][sentence]
        name, headline, paper, date, page_no = meta["articles"][article]
        rows.append(
            [text[:begin], text[begin:end], text[end:], headline, paper, date, page_no, name, lines]
        )
    table = pd.DataFrame(rows, columns=COLUMNS)
    table.attrs["total"] = meta["totals"][names.index(mark)]
    return table


def _keyed(hits, keys, articles) -> pd.DataFrame:
    """The hits with every column that the marks go by and that can be told."""
    hits = hits.reset_index(drop=True)
    if pd.api.types.is_numeric_dtype(hits["article"]):  # of a table of lines: numbers on a page
        page = hits.get("page", pd.Series(hits.attrs.get("page", ""), hits.index))
        hits = hits.assign(article=[f"{p}#{n:02}" if pd.notna(n) else p
                                    for p, n in zip(page, hits["article"], strict=True)])  # fmt: skip
    if "start" in hits:
        hits = hits[hits["article"].isin(articles["article"])]
    if "paper" in articles:
        articles = articles.assign(paper=articles["paper"].fillna(UNKNOWN))
    for column in keys:
        if column in hits:
            code, names = _told_once(hits[column])
            hits = hits[pd.Series(names).isin(set(keys[column])).to_numpy(bool)[code]]
        elif column == "period":
            hits = hits.merge(_periods(articles), on="article")
        elif column in articles:
            hits = hits.merge(articles[["article", column]].drop_duplicates(), on="article")
    return hits


def _told_once(column) -> tuple:
    """A number for each value of a column, and what a reader calls the values, each once."""
    code, values = pd.factorize(column, use_na_sentinel=False)
    values = values.astype(object)
    return code, pd.Index([v if isinstance(v, str) else plain(v) for v in values], dtype=object)


def _periods(articles) -> pd.DataFrame:
    """One row per article and name of a period that it is of: its month, quarter, year and paper."""
    date, rows = pd.to_datetime(articles["date"]), articles[["article"]]
    quarter = date.dt.strftime("%Y") + "Q" + date.dt.quarter.astype("Int64").astype("str")
    names = [date.dt.strftime("%Y-%m"), quarter, date.dt.strftime("%Y"), articles["paper"]]
    table = pd.concat([rows.assign(period=name) for name in names])
    return table.dropna().drop_duplicates()


def _agreeing(keys, hits) -> pd.DataFrame:
    """The hits of each mark, with its number; a key that is left empty agrees with all."""
    columns = [c for c in keys if c in hits]
    if not columns:
        raise ValueError(f"The marks go by {', '.join(keys)}; hits have only {', '.join(hits)}.")
    as_keys = {c: f"key {c}" for c in columns}
    told = {as_keys[c]: _told_once(hits[c]) for c in columns}
    hits = hits.assign(**{c: names[code] for c, (code, names) in told.items()})
    marks, found = keys[columns].rename(columns=as_keys).assign(mark=keys.index), []
    filled = marks[[*as_keys.values()]].ne("").apply(tuple, axis=1)
    for which, group in marks.groupby(filled, sort=False):
        used = [c for c, use in zip(as_keys.values(), which, strict=True) if use]
        found.append(hits.merge(group[[*used, "mark"]], on=used))
    return pd.concat(found, ignore_index=True)


def _sample(found: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """At most MOST places of each mark, by date: one an article, spread over time, then others."""
    first = articles.drop_duplicates("article")
    days = dict(zip(first["article"], first["date"], strict=True))
    order = ["mark", "day", "article", *[c for c in ("start", "line") if c in found]]
    found = found.assign(day=pd.to_datetime(found["article"].map(days)))
    found = found.sort_values(order, kind="stable", ignore_index=True)
    turn = found.groupby(["mark", "article"]).cumcount()
    first = found[turn == 0].groupby("mark")["article"]
    rank, n = first.cumcount(), first.transform("size")
    step = (n - 1) / (MOST - 1)
    spread = rank[(n >= MOST) & (rank == ((rank / step).round() * step).round())].index
    few = found.assign(turn=turn)[found["mark"].map(first.size()) < MOST]
    few = few.sort_values(["mark", "turn"], kind="stable").groupby("mark").head(MOST).index
    return found.loc[sorted([*spread, *few])]


def _sentence(place: dict, article) -> tuple[tuple, int, int]:
    """(article, sentence, lines) of a place, and from where to where it stands in the sentence."""
    name = place["article"]
    if "start" not in place:
        return (name, *_opening(place, article)), 0, 0
    field, words = place.get("field", "text"), next(place[c] for c in WORDS if c in place)
    whole, begin = _field(article[field]), int(place["start"])
    end = min(begin + len(str(words)), begin + LONGEST)
    left, right = _bounds(whole, begin, end)
    shown = whole[left:right]
    left += len(shown) - len(shown.lstrip())
    lines = _lines(article, begin, end) if field == "text" else _span(article["spans"])
    return (name, shown.strip().replace("\n", " "), lines), begin - left, end - left


def _opening(place: dict, article) -> tuple[str, str]:
    """The sentence and lines of what has no start: its first sentence, or that of its article.

    For an article without a text, a picture, its headline or its caption stands.
    """
    lines = f"{place['line']}" if "line" in place else _span(article["spans"])
    text = place.get("text")
    if not text and article is not None and "line" not in place:
        text = next(filter(None, (_field(article.get(k)) for k in ("headline", "captions"))), "")
    end = END_RE.search(text or "")
    return (text or "")[: min(LONGEST, end.end() if end else LONGEST)].strip(), lines


def _printed(places: pd.DataFrame, folder) -> list[dict]:
    """The places as dicts; rows of the table of lines with what stands there on their page."""
    rows = places.to_dict("records")
    for place in rows if folder and "start_col" in places else ():
        line = _page(root_of(Path(folder)) / place["page"])[place["line"] - 1 : place["line"]]
        place["text"] = "".join(line)[place["start_col"] : place["end_col"]]
    return rows


@lru_cache(maxsize=64)
def _page(path: Path) -> list[str]:
    """The lines of a page; none where its file can no longer be read."""
    try:
        return read_file(path).text.split("\n")
    except (OSError, Unreadable):
        return []


def _bounds(text: str, begin: int, end: int) -> tuple[int, int]:
    """From where to where the sentence of a place goes; of a long one what is around the place."""
    left = max((m.end() for m in END_RE.finditer(text, max(0, begin - 400), begin)), default=0)
    stop = END_RE.search(text, max(begin, end - 1))
    right = stop.end() if stop else len(text)
    if right - left > LONGEST:
        left, right = max(left, begin - AROUND), min(right, end + AROUND)
    return left, right


def _field(value) -> str:
    """The text of a field of an article; captions are several, and some articles have no headline."""
    return (
        value if isinstance(value, str) else "\n".join(value if hasattr(value, "__iter__") else ())
    )


def _lines(article, begin: int, end: int) -> str:
    """The lines of the page on which a place stands: 12, or 12–13."""
    ends = [line for at, line, _ in article["origin"] if at <= begin][-1:]
    ends += [line for at, line, _ in article["origin"] if at < end][-1:]
    return "–".join(dict.fromkeys(map(str, ends)))


def _span(spans) -> str:
    """The lines of the page that an article takes up: 12–40."""
    return f"{spans[0][0]}–{spans[-1][1]}" if len(spans) else ""


def _told(article) -> list:
    """Headline, paper, day and page of an article; nothing where nothing is known."""
    if article is None:
        return ["", "", "", ""]
    day, number = article["date"], article.get("page_no")
    words = [article[c] if isinstance(article[c], str) else "" for c in ("headline", "paper")]
    return [
        *words,
        "" if pd.isna(day) else f"{day:%Y-%m-%d}",
        "" if pd.isna(number) else f"{number}",
    ]
