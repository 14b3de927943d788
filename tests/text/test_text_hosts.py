"""Hosts: what is public and what is not, in every form that a browser understands."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.hosts import is_this_computer, looks_public, number_of

THIS_COMPUTER = [
    "localhost", "LOCALHOST", "localhost.", "news.localhost", "localhost.localdomain",
    "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "0177.0.0.1", "0x7f.1", "0x7f000001",
    "0X7F000001", "2130706433", "017700000001", "0", "0.0.0.0", "127.0.0.1.", "127。0。0。1",  # noqa: S104
    "１２７．０．０．１", "%31%32%37.0.0.1", "loc\u00adalhost", "ⓛocalhost", "[::1]", "::1", "[::]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "localtest.me",
    "news.localtest.me", "a.lvh.me",
]  # fmt: skip
INSIDE = [
    "10.0.0.5", "10.1", "0xa000005", "167772165", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "192.168.257", "169.254.169.254", "100.64.0.1", "192.0.0.192", "198.18.0.1", "168.63.129.16",
    "224.0.0.1", "255.255.255.255", "[fe80::1%25eth0]", "[fc00::1]", "[fd00:ec2::254]",
    "[fec0::1]", "[feff::1]", "[ff02::1]", "[64:ff9b::a00:1]", "[2002:a00:1::]", "[::a00:1]",
    "[2001:db8::1]", "router", "intranet", "nas.local", "nas.LOCAL.", "nas.localdomain", "wiki.lan",
    "wiki.internal", "wiki.corp", "wiki.home", "wiki.home.arpa", "wiki.intranet", "box.test",
    "10.0.0.5.nip.io", "10-0-0-5.sslip.io", "x.invalid", "256.1.1.1", "1.2.3.4.5", "0x",
    "127.0.0.1%00.example.com:80", "[::1", "", ".",
]  # fmt: skip
PUBLIC = [
    "news.example.com", "EXAMPLE.com", "example.com.", "köln.example", "xn--kln-sna.example",
    "8.8.8.8", "134744072", "0x08080808", "[2606:2800:220:1::1]", "172.32.0.1", "192.169.1.1",
    "192.0.1.1", "168.63.129.17", "11.0.0.1", "local.example.com", "localhost.example.com",
    "home.example", "lan.de", "mylocalhost.com", "notlocaltest.me", "1.example.com", "0x7f.example",
]  # fmt: skip


@pytest.mark.parametrize("host", [*THIS_COMPUTER, *INSIDE])
def test_a_host_that_others_cannot_open_is_not_public(host: str) -> None:
    """By name, by number, in disguise, or because it is none."""
    assert not looks_public(host)


@pytest.mark.parametrize("host", PUBLIC)
def test_a_host_of_the_open_internet_is_public(host: str) -> None:
    """Also where a part of its name sounds private."""
    assert looks_public(host)


@pytest.mark.parametrize("host", THIS_COMPUTER)
def test_this_computer_is_known_by_all_its_names(host: str) -> None:
    """Whatever the form."""
    assert is_this_computer(host)


@pytest.mark.parametrize("host", [*PUBLIC, "10.0.0.5", "nas.local", "[fe80::1]"])
def test_another_host_is_not_this_computer(host: str) -> None:
    """Public, or elsewhere in the network."""
    assert not is_this_computer(host)


@given(st.ip_addresses(v=4), st.sampled_from(["{}", "0x{:x}", "0{:o}"]), st.integers(1, 4))
def test_a_number_is_read_in_every_base_and_length(
    number: ipaddress.IPv4Address, base: str, parts: int
) -> None:
    """As the URL standard tells browsers to."""
    value, first = int(number), []
    for place in range(parts - 1):
        first.append(value >> 8 * (3 - place))
        value -= first[-1] << 8 * (3 - place)
    assert number_of(".".join(base.format(part) for part in (*first, value))) == number


@given(st.text(max_size=80))
def test_no_host_is_too_odd_to_be_judged(host: str) -> None:
    """Nothing raises."""
    assert looks_public(host) in (True, False)
    assert is_this_computer(host) in (True, False)
