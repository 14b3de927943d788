"""A password or key in a feed's address: told where it is written out, and kept nowhere else."""

from __future__ import annotations

import base64
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import cli
from tests.news.conftest import Server, reply, rss
from tests.news.conftest import server as server
from tests.sample_workspace import AS_OF, FEEDS, NOTES

ITEM = (
    "<title>Halden Freight opens a container terminal</title><link>#first</link>"
    "<pubDate>Mon, 23 Nov 2026 06:00:00 GMT</pubDate><description>Night shifts.</description>"
)
SECRETS = ("hunter2!", "k3y/of mine")
WRITTEN = (
    *(secret.encode() for secret in SECRETS),
    *(b"hunter2%21", b"k3y%2Fof%20mine", b"k3y/of%20mine", b"k3y%2Fof+mine"),
    base64.b64encode(b"me:hunter2!"),
)


def _workspace(root: Path, address: str) -> Path:
    (root / "data" / "notes").mkdir(parents=True)
    (root / "feeds.yaml").write_text(FEEDS.replace("empty.xml", f"'{address}'"), "utf-8")
    (root / "data" / "notes" / "halden.md").write_text(NOTES, "utf-8")
    return root


def _says(root: Path, *words: str) -> str:
    """Return all that a command prints, whatever its end."""
    return CliRunner().invoke(cli, [*words, "--workspace", str(root), "--as-of", AS_OF]).output


@pytest.mark.parametrize("moved", [False, True])
def test_a_named_secret_is_in_no_file_backup_export_log_or_page(
    moved: bool, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server gets it; a link of an entry that begins at the feed's own address has it not."""
    monkeypatch.setenv("TOUCHPOINTS_NEWS", SECRETS[0])
    monkeypatch.setenv("TOUCHPOINTS_KEY", SECRETS[1])
    query = "?token=k3y%2Fof%20mine"
    feed = rss(ITEM).replace(b"https://oracle.example/", b"")
    server.answers[f"/feed{query}"] = reply(200, feed)
    if moved:
        server.answers[f"/feed{query}"] = reply(301, b"", Location=f"/new{query}")
        server.answers[f"/new{query}"] = reply(200, feed)
    address = server.url("/feed?token=${TOUCHPOINTS_KEY}")
    address = address.replace("//", "//me:${TOUCHPOINTS_NEWS}@")
    root = _workspace(tmp_path / "ws", address)

    told = [_says(root, "run"), _says(root, "rank", "halden", "--json")]
    assert "Halden Freight opens a container terminal" in told[1]
    assert base64.b64encode(b"me:hunter2!").decode() in server.asked[0]
    for words in (("check",), ("feeds", "stats"), ("feeds", "export"), ("digest",), ("doctor",)):
        told.append(_says(root, *words))
    _says(root, "backup", str(tmp_path / "mine.zip"))
    _says(root, "export", str(tmp_path / "all"))
    with zipfile.ZipFile(tmp_path / "mine.zip") as packed:
        packed.extractall(tmp_path / "unpacked")

    server.answers[f"/feed{query}"] = reply(500, b"")
    told.append(_says(root, "run", "--ask-all"))
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) > 20
    for content in (*written, *(text.encode() for text in told)):
        assert not [secret for secret in WRITTEN if secret in content]


@pytest.mark.parametrize(
    ("address", "is_told"),
    [
        ("https://me:hunter2@news.example/feed", True),
        ("https://news.example/feed?user_token=hunter2", True),
        ("https://news.example/feed?a=1&api_key=hunter2", True),
        ("https://me:${TOUCHPOINTS_NEWS}@news.example/feed?token=${TOUCHPOINTS_KEY}", False),
        ("https://news.example/feed?keyword=ships&authority=1", False),
        ("https://me@news.example/feed", False),
    ],
)
def test_check_and_doctor_remark_on_a_secret_that_is_written_out(
    address: str, is_told: bool, tmp_path: Path
) -> None:
    """With the line and the way to keep it out, and without the secret; it is no mistake."""
    root = _workspace(tmp_path, address)
    for output in (_says(root, "check"), _says(root, "doctor")):
        assert ("feeds.yaml, line 4: https://" in output) is is_told, output
        assert ("Write ${TOUCHPOINTS_NEWS} in its place" in " ".join(output.split())) is is_told
        assert "hunter2" not in output
