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
from helpers.collocations import collocates
from helpers.concordances import concordance
from helpers.corpus import (
    explain_page,
    load_articles,
    load_lines,
    load_problems,
    load_repairs,
    locate,
    run_stamp,
)
from helpers.counts import frequencies
from helpers.dispersions import dispersion
from helpers.duplicates import compare_copies
from helpers.figures import find_figures
from helpers.keywords import keyness
from helpers.places import count_places, find_places
from helpers.plates import plot_figures, plot_places, plot_shares, plot_speakers, plot_tree
from helpers.quotes import find_quotes
from helpers.slogans import count_slogans, find_slogans
from helpers.tallies import compare_figures, count_speakers, missed_words, nearly_counted
from helpers.themes import load_theme, load_themes, of_theme, tag_themes, theme_terms
from helpers.trends import trend
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
    "nearly_counted",
    "tokenize",
    "hide_stopwords",
    "frequencies",
    "keyness",
    "missed_words",
    "concordance",
    "collocates",
    "dispersion",
    "trend",
    "find_quotes",
    "count_speakers",
    "find_figures",
    "compare_figures",
    "find_places",
    "count_places",
    "find_slogans",
    "count_slogans",
    "plot_page",
    "plot_articles",
    "plot_bars",
    "plot_trend",
    "plot_keyness",
    "plot_cloud",
    "plot_speakers",
    "plot_figures",
    "plot_places",
    "plot_tree",
    "plot_shares",
]
