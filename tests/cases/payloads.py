# The cells of a notebook that has every payload in every kind of output.

# %%
import json
from pathlib import Path

import pandas as pd

from helpers import load_articles, plot_bars, plot_cloud, plot_trend

PAYLOADS, FORMULAS = json.loads(Path("payloads.json").read_text("utf-8"))
pd.set_option("display.max_colwidth", 200, "display.max_columns", 50)

# %% table
pd.DataFrame({"cell": PAYLOADS, "list": [[x] for x in PAYLOADS]}, index=PAYLOADS)

# %% column
pd.DataFrame([range(len(PAYLOADS))], columns=PAYLOADS)

# %% printed
print("\n".join(PAYLOADS))

# %% shown
{x: [x] for x in PAYLOADS}

# %% series
pd.Series(PAYLOADS, name=PAYLOADS[0])

# %% articles
load_articles("../corpus")[["headline", "paper", "page", "text"]].head(60)

# %% formulas
pd.DataFrame({"FORMULA": FORMULAS})

# %% bars
words = pd.DataFrame({"word": PAYLOADS, "count": range(9, 9 + len(PAYLOADS))})
plot_bars(words, "".join(PAYLOADS), "次数 count")

# %% cloud
plot_cloud(words.assign(word=words["word"].str[:12]), title="".join(PAYLOADS))

# %% lines
line = {"per_10k": 1.0, "articles": 9, "articles_with": 3, "count": 3}
lines = [{"concept": x, "period": p, **line} for x in PAYLOADS for p in ("2022", "2023")]
plot_trend(pd.DataFrame(lines), PAYLOADS[0], dict(zip(PAYLOADS, PAYLOADS)))
