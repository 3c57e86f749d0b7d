"""advice: errors whose words say what to do. See `plainly`."""


def plainly(error: Exception) -> Exception:
    """The error, of which a notebook shows the words alone, not the code that they came through.

    >>> str(plainly(FileNotFoundError("没有这个文件夹。\\nThere is no such folder.")))
    '没有这个文件夹。\\nThere is no such folder.'
    """
    error._render_traceback_ = lambda: str(error).splitlines()  # IPython asks for it
    return error
