"""The forms of a page, as a browser reads and sends them."""

from __future__ import annotations

from html.parser import HTMLParser


class Forms(HTMLParser):
    """The forms of a page, each with its fields as a browser sends them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.found.append((named["action"], {}))
        elif tag == "input":
            self.found[-1][1][named["name"]] = named.get("value", "")
        elif tag == "textarea":
            self._area = named["name"]
            self.found[-1][1][self._area] = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[-1][1][self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            fields = self.found[-1][1]
            # A browser drops the first line end of a text area, and sends CRLF.
            fields[self._area] = fields[self._area].removeprefix("\n").replace("\n", "\r\n")
            self._area = ""
