"""Jianbao (剪报): from clippings of Chinese newspapers to articles, counts and charts.

The public names, in the order in which a notebook uses them. Begin with `load_articles`.
"""

from helpers.charts import (
    plot_articles,
    plot_bars,
    plot_cloud,
    plot_keyness,
    plot_page,
    plot_trend,
)
from helpers.corpus import (
    explain_page,
    load_articles,
    load_lines,
    load_problems,
    load_repairs,
    locate,
    run_stamp,
)
from helpers.duplicates import compare_copies
from helpers.measures import collocates, concordance, dispersion, frequencies, keyness, trend
from helpers.themes import load_theme, load_themes, of_theme, tag_themes, theme_terms
from helpers.words import hide_stopwords, tokenize

__all__ = [  # noqa: RUF022 (in order of use)
    "load_articles",
    "load_lines",
    "load_problems",
    "load_repairs",
    "compare_copies",
    "explain_page",
    "locate",
    "run_stamp",
    "load_theme",
    "load_themes",
    "theme_terms",
    "tag_themes",
    "of_theme",
    "tokenize",
    "hide_stopwords",
    "frequencies",
    "keyness",
    "concordance",
    "collocates",
    "dispersion",
    "trend",
    "plot_page",
    "plot_articles",
    "plot_bars",
    "plot_trend",
    "plot_keyness",
    "plot_cloud",
]
