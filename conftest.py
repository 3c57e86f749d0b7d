"""The tests keep what they make in a store of their own, never in the user's."""

import os
import shutil
import tempfile


def pytest_configure(config):
    config.own_store = tempfile.mkdtemp(prefix="jianbao-store-")
    os.environ["JIANBAO_STORE"] = config.own_store


def pytest_unconfigure(config):
    shutil.rmtree(config.own_store, ignore_errors=True)
