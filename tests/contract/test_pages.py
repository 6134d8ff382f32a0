"""Pages and files: small, cached by their content, relative, and nothing in them that the policy forbids."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from live import Live, check_problem, serving

from app.gallery.reading import lessons

PAGES = ["/", "/docs", "/docs/errors", "/exercise", "/exercise/any", "/learn", *(f"/learn/{lesson['slug']}" for lesson in lessons())]


class Addresses(HTMLParser):
    """What a page loads and where it leads, and what of it is inline."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.found += [(tag, value) for name in ("src", "href", "action") if (value := given.get(name))]
        self.inline += [f"{tag} {name}" for name in given if name.startswith("on") or name in ("style", "srcdoc")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_in_a_page_is_inline(server: Live, path: str):
    assert Addresses(server.client.get(path).text).inline == []


@pytest.mark.parametrize("path", PAGES)
def test_every_address_in_a_page_is_relative(server: Live, path: str):
    for _, address in Addresses(server.client.get(path).text).found:
        parts = urlsplit(address)
        assert (parts.scheme, parts.netloc) == ("", "")
        assert not address.startswith("/")


@pytest.mark.parametrize("path", PAGES)
def test_everything_that_a_page_loads_is_there(server: Live, path: str):
    for tag, address in Addresses(server.client.get(path).text).found:
        if tag != "a":
            assert server.client.get(urljoin(path, address)).status_code == 200, address


def test_each_page_has_a_nonce_of_its_own_in_policy_and_text(server: Live):
    nonces = set()
    for _ in range(3):
        page = server.client.get("/")
        nonce = re.search(r"'nonce-([\w-]+)'", page.headers["content-security-policy"]).group(1)
        assert f'content="{nonce}"' in page.text
        nonces.add(nonce)
    assert len(nonces) == 3


def test_a_page_gives_an_anonymous_session_once(server: Live):
    first = httpx.get(server.address + "/", trust_env=False)
    cookie = first.headers["set-cookie"]
    assert re.fullmatch(r"wengert_session=[\w-]{22}; Path=/; HttpOnly; SameSite=Lax", cookie)
    again = httpx.get(server.address + "/", headers={"cookie": cookie.split(";")[0]}, trust_env=False)
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize("path", ["/api/v1/limits", "/healthz", "/static/js/main.js", "/openapi.json"])
def test_only_pages_set_cookies(server: Live, path: str):
    assert "set-cookie" not in httpx.get(server.address + path, trust_env=False).headers


@pytest.mark.parametrize("path", ["/static/js/main.js", "/static/css/tokens.css", "/api/v1/examples", "/openapi.json"])
def test_what_a_client_has_already_is_not_sent_again(server: Live, path: str):
    first = server.client.get(path)
    assert first.headers["cache-control"] == "no-cache"
    again = server.client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert server.client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_a_file_asked_for_by_its_content_never_changes(server: Live):
    page = server.client.get("/docs/errors").text
    address = next(a for _, a in Addresses(page).found if "docs.css?v=" in a)
    assert "immutable" in server.client.get(urljoin("/docs/errors", address)).headers["cache-control"]
    assert server.client.get("/static/css/docs.css?v=other").headers["cache-control"] == "no-cache"


def test_built_files_never_change_and_come_compressed_as_the_client_likes(server: Live):
    built = [address for _, address in Addresses(server.client.get("/").text).found if address.startswith("static/built/")]
    assert built, "the page is not built of these sources: `make run` does it"
    for address in built:
        plain = server.client.get(address, headers={"accept-encoding": "identity"})
        assert "content-encoding" not in plain.headers
        for coding in ("br", "gzip"):
            with server.client.stream("GET", address, headers={"accept-encoding": f"{coding}, zstd;q=0.5"}) as packed:
                assert len(b"".join(packed.iter_raw())) < len(plain.content)
            assert packed.headers["content-encoding"] == coding
            assert packed.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert packed.headers["vary"] == "accept-encoding"
            assert packed.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize("refusal", ["gzip;q=0", "gzip; q=0.0, br;q=0"])
def test_a_coding_that_a_client_refuses_is_not_used(server: Live, refusal: str):
    for path in ("/static/js/main.js", "/"):
        assert "content-encoding" not in server.client.get(path, headers={"accept-encoding": refusal}).headers


@pytest.mark.parametrize("path", ["/static/js/main.js", "/api/v1/examples", "/"])
def test_text_is_compressed_for_those_who_can_read_it(server: Live, path: str):
    with server.client.stream("GET", path, headers={"accept-encoding": "gzip"}) as zipped:
        packed = b"".join(zipped.iter_raw())
        assert zipped.headers["content-encoding"] == "gzip"
    plain = server.client.get(path, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert len(packed) < len(plain.content)
    if path != "/":  # a page has another nonce each time
        assert gzip.decompress(packed) == plain.content


def test_both_forms_of_a_file_have_tags_of_their_own(server: Live):
    tags = {server.client.get("/static/js/main.js", headers={"accept-encoding": coding}).headers["etag"] for coding in ("gzip", "identity")}
    assert len(tags) == 2


def test_the_icon_is_where_browsers_look_for_it(server: Live):
    answer = server.client.get("/favicon.ico", follow_redirects=True)
    assert answer.headers["content-type"] == "image/svg+xml"


def test_readiness_says_how_far_torch_is(server: Live):
    answer = server.client.get("/readyz").json()
    assert answer["status"] == "ready"
    assert answer["torch"] in ("loading", "ready", "failed")


def test_figures_are_what_prometheus_reads(server: Live):
    server.alive()
    lines = server.client.get("/metrics").text.splitlines()
    assert all(re.fullmatch(r"# TYPE \w+ \w+|\w+(\{[^}]*\})? [\d.e+-]+", line) for line in lines)
    assert server.metric('wengert_answers_total{route="trace",status="200"}') > 0
    assert server.metric('wengert_pool{pool="engine",what="workers"}') == 3


@pytest.mark.parametrize("proxy_strips", [True, False])
def test_the_server_works_below_a_path(proxy_strips: bool):
    with serving("--root-path", "/lab/wengert") as live:
        prefix = "" if proxy_strips else "/lab/wengert"
        live.client.base_url = live.address.removesuffix("/lab/wengert") + prefix
        live.alive()
        page = live.client.get("/")
        assert page.status_code == 200
        assert "Path=/lab/wengert;" in page.headers["set-cookie"]
        problem = check_problem(live.client.get("/nothing"), 404, "request.not_found")
        assert problem["type"] == "/lab/wengert/docs/errors#request.not_found"
        assert live.client.get("/openapi.json").json()["servers"] == [{"url": "/lab/wengert"}]


def test_the_path_itself_leads_to_the_page():
    with serving("--root-path", "/lab/wengert") as live:
        answer = httpx.get(live.address.removesuffix("/lab/wengert") + "/lab/wengert", trust_env=False)
        assert answer.status_code == 307
        assert answer.headers["location"] == "/lab/wengert/"


def test_who_may_frame_the_pages_is_a_setting():
    with serving(frame_ancestors="'self' https://moodle.example") as live:
        policy = live.client.get("/").headers["content-security-policy"]
        assert policy.endswith("frame-ancestors 'self' https://moodle.example")
