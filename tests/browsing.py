"""What the tests do with a browser, which is told to ask no network. See `open_page`."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def open_page(browser, path, width=1280):
    """A drawn page, and the list of all it complained of or asked for beyond its folder."""
    page = browser.new_context(offline=True, viewport={"width": width, "height": 900}).new_page()
    page.set_default_timeout(120_000)  # a busy machine is no fault of the page
    trouble, home = [], path.parent.as_uri()
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: (trouble.append("dialog"), dialog.dismiss()))
    page.on(
        "request",
        lambda asked: (
            None if asked.url.startswith((home, "data:", "blob:")) else trouble.append(asked.url)
        ),
    )
    page.goto(path.as_uri())
    if path.name != "index.html":
        page.wait_for_selector("html[data-ready]", state="attached")
    return page, trouble
