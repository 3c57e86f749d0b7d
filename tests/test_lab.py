"""JupyterLab for real: it opens the first notebook, draws the charts, and runs nothing foreign."""

import json
import os
import subprocess
import sys
import time

import nbformat
import pytest
from hostile import ROOT, TEXTS, write_project

import run

PATIENCE = 120  # seconds for a server or a notebook, on a busy machine
CHARTS = 3  # of cases/payloads.py
# In an output: what could run or lead away. JupyterLab's own frame is full of forms and scripts.
ACTIVE = r"""() => [...document.querySelectorAll('.jp-OutputArea-output, .jp-OutputArea-output *')]
  .filter((element) => !element.closest('.modebar')) // plotly's own link to its makers
  .flatMap((element) => [
    ...(/^(script|iframe|object|embed|form|base|meta)$/.test(element.localName) ? [element.localName] : []),
    ...[...element.attributes].filter(({ name, value }) => /^on|^autofocus$/.test(name)
      || (/^(src|href|xlink:href)$/.test(name) && /^\s*(javascript|https?|data:text):/i.test(value)
        && !(element.closest('pre') && /^https?:/.test(value)))) // JupyterLab links what is printed
      .map(({ name, value }) => `${name}=${value} in ${element.parentElement.outerHTML.slice(0, 120)}`),
  ])"""
# JupyterLab draws only the cells near the window: each of those that hold a chart is gone to.
CHARTS_OF = """() => jupyterapp.shell.currentWidget.content.widgets.flatMap((cell, at) => (
  cell.model.type === 'code' && cell.model.outputs.toJSON().some(
    (output) => output.data && 'application/vnd.plotly.v1+json' in output.data) ? [at] : []))"""
GO_TO = """async (at) => {
  const { content } = jupyterapp.shell.currentWidget;
  await content.scrollToItem(at, 'center');
  content.widgets[at].node.dataset.gone = 'to';
}"""
FAILURES = """() => jupyterapp.shell.currentWidget.content.widgets.flatMap((cell) => (
  cell.model.type === 'code' ? cell.model.outputs.toJSON() : [])).filter(
  (output) => output.output_type === 'error').map((output) => output.evalue)"""
LAST_CELL_RAN = """() => {
  const { content } = jupyterapp.shell.currentWidget;
  const last = content.widgets.filter((cell) => cell.model.type === 'code').at(-1).model;
  return last.executionState === 'idle'
    && last.executionCount !== null;
}"""


def command_of(monkeypatch, *more):
    """What `python run.py lab` would start, with more arguments."""
    started = []
    monkeypatch.setattr(run, "prepare", lambda: sys.executable)
    monkeypatch.setattr(run, "run", started.append)
    run.lab([*more])
    return started[0]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """(address, token) of a JupyterLab over a project that tries to do harm."""
    pytest.importorskip("jupyterlab")
    project, own = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("jupyter")
    write_project(project)
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with pytest.MonkeyPatch.context() as patch:
        options = ["--no-browser", "--port=0", "--expose-app-in-browser", *root]
        command = command_of(patch, *options)
    kinds = ("CONFIG", "DATA", "RUNTIME")
    places = {f"JUPYTER_{kind}_DIR": str(own / kind.lower()) for kind in kinds}
    places |= {"JUPYTERLAB_SETTINGS_DIR": str(own), "JUPYTERLAB_WORKSPACES_DIR": str(own)}
    places |= {"IPYTHONDIR": str(own), "PYTHONPATH": str(project), "PYTHONUTF8": "1"}
    with (own / "log").open("w") as log:
        child = subprocess.Popen(command, cwd=project, env={**os.environ, **places}, stderr=log)
    try:
        yield address(child, own)
    finally:
        child.terminate()
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            child.kill()


def address(child, folder):
    """(address, token) of a server once it answers."""
    end = time.monotonic() + PATIENCE
    while child.poll() is None and time.monotonic() < end:
        for path in (folder / "runtime").glob("jpserver-*.json"):
            if path.read_text("utf-8").strip():
                told = json.loads(path.read_text("utf-8"))
                return told["url"], told["token"]
        time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start: {(folder / 'log').read_text('utf-8')[-2000:]}")


@pytest.fixture(scope="module")
def lab(browser, server):
    """JupyterLab as it opens, the addresses that it asked for elsewhere, its dialogs, its errors."""
    url, token = server
    page, trouble = browser.new_context().new_page(), []
    page.set_default_timeout(PATIENCE * 1000)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    page.on("dialog", lambda dialog: (trouble.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda asked: (
            None if asked.url.startswith((url, "data:", "blob:")) else trouble.append(asked.url)
        ),
    )
    page.goto(f"{url}?token={token}")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
    return page, trouble


def run_all(page):
    """Run the notebook in front to its end."""
    page.evaluate("jupyterapp.shell.currentWidget.context.sessionContext.ready.then(() => 1)")
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells').then(() => 1)")
    page.wait_for_function(LAST_CELL_RAN)


@pytest.mark.browser
def test_it_opens_the_first_notebook(lab):
    title = lab[0].locator(".jp-mod-current .lm-TabBar-tabLabel").first
    assert title.text_content() == "00_corpus.ipynb"


@pytest.mark.browser
def test_the_first_notebook_runs_and_draws_its_charts(lab):
    """Over clippings that try to do harm, as all of this server's."""
    page, trouble = lab
    run_all(page)
    assert page.evaluate(FAILURES) == []
    cells = nbformat.read(ROOT / "notebooks" / "00_corpus.ipynb", as_version=4).cells
    charts = page.evaluate(CHARTS_OF)
    assert len(charts) == sum("plot_" in c.source and "import" not in c.source for c in cells)
    for at in charts:
        page.evaluate(GO_TO, at)
        page.locator("[data-gone] .js-plotly-plot .main-svg").first.wait_for()
        page.evaluate("document.querySelector('[data-gone]').removeAttribute('data-gone')")
    assert page.evaluate(ACTIVE) == [] and page.evaluate("window.ran") is None
    assert trouble == []


@pytest.mark.browser
def test_a_hostile_notebook_draws_its_charts_and_runs_nothing(lab):
    page, trouble = lab
    page.evaluate(
        "jupyterapp.commands.execute('docmanager:open', {path: 'notebooks/99_payloads.ipynb'}).then(() => 1)"
    )
    page.wait_for_function("jupyterapp.shell.currentWidget?.title.label === '99_payloads.ipynb'")
    run_all(page)
    page.wait_for_function(
        f"document.querySelectorAll('.js-plotly-plot .main-svg').length >= {CHARTS}"
    )
    shown = page.evaluate(
        "document.querySelector('.jp-Notebook:not(.lm-mod-hidden *)').textContent"
    )
    assert [x for x in TEXTS if x[:12].strip() not in shown] == []
    assert page.evaluate(ACTIVE) == []
    assert page.evaluate("window.ran") is None
    assert page.locator(".js-plotly-plot svg a").count() == 0
    assert trouble == []
