"""Jianbao (剪报): from clippings of Chinese newspapers to articles, counts and charts.

The public names, in the order in which a notebook uses them. Begin with `load_articles`.
"""

from importlib import import_module

# Name: the module that has it. It is imported when the name is first asked for: `import helpers`
# takes a few thousandths of a second, and who only counts words never waits for plotly.
HOME = {
    "load_articles": "corpus",
    "load_lines": "corpus",
    "load_problems": "corpus",
    "load_repairs": "corpus",
    "what_changed": "changes",
    "compare_copies": "duplicates",
    "explain_page": "corpus",
    "locate": "corpus",
    "run_stamp": "corpus",
    "load_theme": "themes",
    "load_themes": "themes",
    "theme_terms": "themes",
    "tag_themes": "themes",
    "of_theme": "themes",
    "find_terms": "terms",
    "nearly_counted": "tallies",
    "tokenize": "words",
    "hide_stopwords": "words",
    "frequencies": "counts",
    "group_tokens": "counts",
    "ngrams": "sequences",
    "character_ngrams": "sequences",
    "keyness": "keywords",
    "missed_words": "tallies",
    "adjust_p": "keywords",
    "association": "keywords",
    "compare": "shifts",
    "concordance": "concordances",
    "align_lines": "concordances",
    "collocates": "collocations",
    "collocation_network": "collocations",
    "dispersion": "dispersions",
    "trend": "trends",
    "find_quotes": "quotes",
    "count_speakers": "tallies",
    "find_figures": "figures",
    "compare_figures": "tallies",
    "find_places": "places",
    "count_places": "places",
    "find_slogans": "slogans",
    "count_slogans": "slogans",
    "diversity": "richness",
    "difficulty": "richness",
    "find_topics": "topics",
    "find_new_words": "candidates",
    "find_passages": "reuse",
    "footnote": "tables",
    "cite": "citing",
    "evidence": "citing",
    "plot_page": "pagecharts",
    "plot_articles": "pagecharts",
    "plot_bars": "charts",
    "plot_trend": "charts",
    "plot_keyness": "charts",
    "plot_cloud": "cloud",
    "plot_speakers": "plates",
    "plot_figures": "plates",
    "plot_places": "placecharts",
    "plot_tree": "placecharts",
    "plot_shares": "plates",
    "plot_network": "wordcharts",
    "plot_barcode": "wordcharts",
    "plot_shift": "wordcharts",
}
__all__ = list(HOME)


def __getattr__(name: str):
    if name not in HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{HOME[name]}"), name)
    return globals().setdefault(name, found)


def __dir__() -> list[str]:
    return sorted({*globals(), *HOME})
