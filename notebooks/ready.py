"""What the first cell of each notebook takes `environ` from: it says what is not there.

It stands beside the notebooks and needs only Python, so that it can speak where nothing else does.
"""

import sys
from importlib.util import find_spec
from os import environ
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("pandas", "pyarrow", "jieba", "plotly", "wordcloud")

lacking = [name for name in NEEDED if not find_spec(name)]
if lacking:
    error = ModuleNotFoundError(
        f"这个内核（{sys.executable}）缺少 {'、'.join(lacking)}。请在文件夹 {ROOT} 里运行 python run.py lab，再打开这本笔记。\n"
        f"This kernel lacks {', '.join(lacking)}. Run python run.py lab in {ROOT}, and open the notebook there."
    )
    error._render_traceback_ = lambda: str(error).splitlines()
    raise error
if not find_spec("helpers"):  # a kernel that has the packages and does not know the project
    sys.path.insert(0, str(ROOT))

__all__ = ["environ"]
