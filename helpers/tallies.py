"""tallies: tables of what articles say → counts that can be compared. See `count_speakers`.

Places and slogans are counted beside what finds them.
"""

import re

import pandas as pd

from helpers.figures import is_measure
from helpers.people import told_by
from helpers.speakers import KINDS

SAME = ["metric", "unit", "months"]  # what two values must share to be compared


def count_speakers(quotes: pd.DataFrame) -> pd.DataFrame:
    """One row per kind of speaker, the most heard first.

    Columns: by, zh and en (its names), quotations, share of all, direct (those between quotation
    marks), articles, speakers (names and phrases that differ), told_by (the words that decided, the
    most frequent first; · is a name that is foreign by its form).

    >>> quotes = pd.DataFrame([["p#01", "王强", "镇长", "direct", "official"]],
    ...     columns=["article", "speaker", "title", "kind", "by"])
    >>> count_speakers(quotes)[["zh", "quotations", "share", "told_by"]].values.tolist()
    [['政府与机关', 1, 1.0, '镇长']]
    """
    cells = zip(quotes["speaker"], quotes["title"].fillna(""), strict=True)
    rows = quotes.assign(
        direct=quotes["kind"].eq("direct"), word=[told_by(name, title)[1] for name, title in cells]
    )
    table = rows.groupby("by").agg(
        quotations=("by", "size"),
        direct=("direct", "sum"),
        articles=("article", "nunique"),
        speakers=("speaker", "nunique"),
        told_by=("word", _most),
    )
    table.insert(1, "share", table["quotations"] / max(1, len(quotes)))
    for k, language in enumerate(("zh", "en")):
        names = [KINDS[by][language] for by in table.index]
        table.insert(k, language, pd.Series(names, table.index, dtype=object))
    return table.sort_values("quotations", ascending=False, kind="stable").reset_index()


def _most(words: pd.Series) -> str:
    """The eight words that are most frequent, those that are equally so in their order."""
    return "、".join(words[words != ""].value_counts().index[:8])


def compare_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """One row per value that a metric has in a period, where two periods can be compared.

    Columns: metric, unit, months (length of the period, 0: a day, 截至2023年底), period (as printed),
    period_start, period_end, value, change, articles (that print it), article and start (of the
    first). In are quantities of a measure (亿元, %) or from 万 on (万辆): 3家企业 here and there are
    not the same firms. Metric, unit and months must be the same for two periods; the metric that is
    told for most of them comes first. Two values of one period are two rows.

    >>> from helpers.figures import find_figures
    >>> texts = ["2021年，外贸总值39.1万亿元。", "2022年，外贸总值42.07万亿元。"]
    >>> table = compare_figures(find_figures(pd.DataFrame({"article": ["a", "b"], "text": texts})))
    >>> table[["metric", "months", "period_end", "value"]].values.tolist()
    [['外贸总值', 12, '2021-12-31', 39.1], ['外贸总值', 12, '2022-12-31', 42.07]]
    """
    told = _comparable(figures)
    first = {c: (c, "first") for c in ("period", "change", "article", "start")}
    table = told.groupby([*SAME, "period_start", "period_end", "value"], as_index=False).agg(
        articles=("article", "nunique"), **first
    )
    table = table[table.groupby(SAME)["period_end"].transform("nunique") > 1]
    metric = table.groupby(SAME[:2])
    most, known = metric["period_end"].transform("nunique"), metric["articles"].transform("sum")
    table = table.assign(most=-most, known=-known).sort_values(
        ["most", "known", *SAME, "period_end", "value"]
    )
    columns = ["period", "period_start", "period_end", "value", "change", "articles"]
    return table[[*SAME, *columns, "article", "start"]].reset_index(drop=True)


def _comparable(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures of a measure whose metric and period are known, with the months of the period."""
    measured = figures["unit"].map(is_measure).astype(bool) | figures["scale"].ge(10**4)
    rate = figures["unit"].eq("%") & figures["change"].notna()  # 增长5% is no level of 5%
    step = figures["base"].ne("") & figures["change"].isna()  # 比上年多出3万家
    told = figures[measured & ~rate & ~step & figures["kind"].eq("quantity")]
    told = told[told["metric"].ne("") & told["period_end"].ne("")]
    return told.assign(months=_months(told["period_start"], told["period_end"]))


def _months(starts: pd.Series, ends: pd.Series) -> pd.Series:
    """How many months each period has, 0 where only its end is told."""
    first, last = (pd.to_datetime(days, errors="coerce") for days in (starts, ends))
    months = 12 * (last.dt.year - first.dt.year) + last.dt.month - first.dt.month + 1
    return months.fillna(0).astype(int)


def nearly_counted(tagged: pd.DataFrame, theme) -> pd.DataFrame:
    """One row per article that mentions a theme, as load_theme gives it, but too little to count.

    Columns: date (as 2023-09-12), paper, headline, mentions (of its terms), themes (that it counts
    for), article; the most mentions first. Copies are left out.

    >>> from helpers.themes import load_theme, tag_themes
    >>> articles = pd.DataFrame([["p#01", "老人说起出口，" + "网格员上门走访群众。" * 30]])
    >>> articles = articles.set_axis(["article", "text"], axis=1).assign(
    ...     date=None, paper=None, headline=None, duplicate_of=None)
    >>> nearly_counted(tag_themes(articles), load_theme("trade"))[["mentions", "themes"]].values.tolist()
    [[1, ['grassroots_governance']]]
    """
    rest = tagged[~tagged["themes"].map(lambda names: theme.name in names).astype(bool)]
    days = pd.to_datetime(rest["date"]).dt.strftime("%Y-%m-%d")
    rest = rest.assign(date=days, mentions=rest[list(theme.concepts)].sum(axis=1))
    columns = ["date", "paper", "headline", "mentions", "themes", "article"]
    rows = rest.loc[(rest["mentions"] > 0) & rest["duplicate_of"].isna(), columns]
    return rows.sort_values("mentions", ascending=False, kind="stable", ignore_index=True)


def missed_words(words: pd.DataFrame, theme) -> pd.DataFrame:
    """The rows of a keyness table whose word no term of a theme stands in: candidates for it.

    Left out are words that the articles of the theme have fewer of than the others, and those of
    one article only. 进出口额 holds the term 进出口 and is counted already.

    >>> from helpers.themes import load_theme
    >>> words = pd.DataFrame({"word": ["订单", "进出口额"], "articles": 3, "log_likelihood": 20.0})
    >>> missed_words(words, load_theme("trade"))["word"].tolist()
    ['订单']
    """
    terms = [t for concept in theme.concepts.values() for t in concept["terms"]]
    missed = words[(words["log_likelihood"] > 0) & (words["articles"] > 1)]
    term_re = re.compile("|".join(map(re.escape, terms)) or "(?!)")
    held = [bool(term_re.search(word)) for word in missed["word"].astype(str)]
    return missed[~pd.Series(held, missed.index, dtype=bool)].reset_index(drop=True)
