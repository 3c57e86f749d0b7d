"""Jianbao (剪报): from clippings of Chinese newspapers to articles, counts and charts.

The public names, in the order in which a notebook uses them. Begin with `load_articles`.
"""

from helpers.candidates import find_new_words
from helpers.charts import (
    plot_articles,
    plot_bars,
    plot_cloud,
    plot_keyness,
    plot_page,
    plot_trend,
)
from helpers.collocations import collocates, collocation_network
from helpers.concordances import align_lines, concordance
from helpers.corpus import (
    explain_page,
    load_articles,
    load_lines,
    load_problems,
    load_repairs,
    locate,
    run_stamp,
)
from helpers.counts import frequencies, group_tokens
from helpers.dispersions import dispersion
from helpers.duplicates import compare_copies
from helpers.figures import find_figures
from helpers.keywords import adjust_p, association, keyness
from helpers.places import count_places, find_places
from helpers.plates import plot_figures, plot_places, plot_shares, plot_speakers, plot_tree
from helpers.quotes import find_quotes
from helpers.reuse import find_passages
from helpers.richness import difficulty, diversity
from helpers.sequences import character_ngrams, ngrams
from helpers.shifts import compare
from helpers.slogans import count_slogans, find_slogans
from helpers.tables import footnote
from helpers.tallies import compare_figures, count_speakers, missed_words, nearly_counted
from helpers.themes import load_theme, load_themes, of_theme, tag_themes, theme_terms
from helpers.topics import find_topics
from helpers.trends import trend
from helpers.wordcharts import plot_barcode, plot_network, plot_shift
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
    "group_tokens",
    "ngrams",
    "character_ngrams",
    "keyness",
    "missed_words",
    "adjust_p",
    "association",
    "compare",
    "concordance",
    "align_lines",
    "collocates",
    "collocation_network",
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
    "diversity",
    "difficulty",
    "find_topics",
    "find_new_words",
    "find_passages",
    "footnote",
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
    "plot_network",
    "plot_barcode",
    "plot_shift",
]
