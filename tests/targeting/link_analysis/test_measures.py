"""The pure measures: equal to networkx, the same every time, quick; files read or refused in plain words."""

from __future__ import annotations

import io
import json
from pathlib import Path

import networkx
import pytest
from django.core.management import CommandError, call_command

from bench.networks import market
from targeting.link_analysis import measures, ways
from targeting.link_analysis.grouping import communities
from targeting.link_analysis.reading import NetworkProblem, read_network

REAL = Path(__file__).parents[4] / "shared" / "data" / "networks"
real = pytest.mark.skipif(not REAL.is_dir(), reason="the published networks are not on this machine")
FILES = ("LONDON_GANG.csv", "morselli_caviar.csv")


def graph(size: int, pairs: list[tuple[int, int]]) -> networkx.Graph:
    found = networkx.Graph()
    found.add_nodes_from(range(size))
    found.add_edges_from(pairs)
    return found


def modularity(known: networkx.Graph, numbers: list[int]) -> float:
    groups: dict[int, set[int]] = {}
    for place, number in enumerate(numbers):
        groups.setdefault(number, set()).add(place)
    return networkx.community.modularity(known, groups.values())


def agrees(size: int, pairs: list[tuple[int, int]]) -> None:
    known = graph(size, pairs)
    wanted = networkx.betweenness_centrality(known)
    found = measures.betweenness(size, pairs)
    assert max((abs(wanted[place] - found[place]) for place in range(size)), default=0) <= 1e-12
    assert measures.degree(size, pairs) == [degree for _, degree in sorted(known.degree)]


@real
@pytest.mark.parametrize("name", FILES)
def test_the_published_networks_measure_as_in_networkx(name):
    network = read_network((REAL / name).read_bytes())
    agrees(len(network.names), network.pairs)
    known = graph(len(network.names), network.pairs)
    best = max(
        networkx.community.modularity(known, networkx.community.louvain_communities(known, seed=s)) for s in range(20)
    )
    assert modularity(known, communities(len(network.names), network.pairs)) >= best - 0.001


@real
def test_what_is_known_of_the_published_networks():
    london = read_network((REAL / FILES[0]).read_bytes())
    caviar = read_network((REAL / FILES[1]).read_bytes())
    assert (len(london.names), len(london.pairs)) == (54, 315)
    assert (len(caviar.names), len(caviar.pairs)) == (110, 205)
    found = {row.name: row for row in measures.measure(caviar.names, caviar.pairs)}
    assert max(found.values(), key=lambda row: row.degree).name == "1"
    assert max(found.values(), key=lambda row: row.betweenness).name == "1"


@real
def test_the_command_prints_one_json_document():
    out = io.StringIO()
    call_command("link_measures", str(REAL / FILES[0]), stdout=out)
    said = json.loads(out.getvalue())
    assert len(said["nodes"]) == 54
    assert set(said["nodes"][0]) == {"name", "degree", "betweenness", "community"}
    assert said["nodes"][0]["name"] == "1"
    assert said["nodes"][0]["degree"] == 25


@pytest.mark.parametrize(
    ("size", "pairs"),
    [(0, []), (1, []), (2, [(0, 1)]), (3, []), (3, [(0, 1), (1, 2)]), (5, [(0, 1), (2, 3), (3, 4)])],
)
def test_tiny_networks_agree(size, pairs):
    agrees(size, pairs)


@pytest.mark.parametrize("seed", range(6))
def test_random_networks_in_pieces_agree(seed):
    known = networkx.gnm_random_graph(240, 260 + 90 * seed, seed=seed)
    agrees(240, sorted((min(a, b), max(a, b)) for a, b in known.edges))


def test_a_long_chain_agrees_and_is_not_counted_in_blocks():
    pairs = [(place, place + 1) for place in range(299)]
    assert not ways._is_shallow(300, pairs)
    agrees(300, pairs)


def test_a_market_of_groups_agrees():
    agrees(600, market(600, 3_000))


@pytest.mark.parametrize(
    "made",
    [
        lambda: market(),
        lambda: sorted(tuple(sorted(e)) for e in networkx.gnm_random_graph(2_000, 10_000, seed=3).edges),
        lambda: sorted(tuple(sorted(e)) for e in networkx.watts_strogatz_graph(2_000, 10, 0.1, seed=3).edges),
    ],
)
def test_communities_are_as_good_as_louvain_and_always_the_same(made):
    pairs = made()
    known = graph(2_000, pairs)
    found = communities(2_000, pairs)
    assert found == communities(2_000, pairs)
    wanted = max(
        networkx.community.modularity(known, networkx.community.louvain_communities(known, seed=s)) for s in (1, 2)
    )
    assert modularity(known, found) >= wanted - 0.001
    assert set(found) == set(range(1, max(found) + 1))


def test_components_and_shortest_ways():
    pairs = [(0, 1), (1, 2), (0, 3), (2, 3), (4, 5)]
    assert measures.components(7, pairs) == [[0, 1, 2, 3], [4, 5], [6]]
    assert measures.shortest_path(7, pairs, 0, 2) == [0, 1, 2]
    assert measures.shortest_path(7, pairs, 0, 4) == []
    assert measures.shortest_path(7, pairs, 6, 6) == [6]
    assert measures.within(7, pairs, 0, 1) == {0, 1, 3}


# --- files -----


def reads(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    network = read_network(text.encode())
    return network.names, network.pairs


def test_a_matrix_with_a_byte_order_mark_direction_and_self_links_left_out():
    assert reads('\ufeff"",a,b,c\na,5,1,0\nb,0,0,0\nc,0,2,0\n') == (["a", "b", "c"], [(0, 1), (1, 2)])


def test_a_matrix_whose_columns_stand_in_another_order():
    assert reads(",b,a,c\na,1,0,0\nb,0,0,0\nc,0,1,0\n") == (["a", "b", "c"], [(0, 1), (0, 2)])


def test_a_matrix_without_its_corner():
    assert reads("a,b,c\na,0,1,0\nb,0,0,0\nc,0,2,0\n") == (["a", "b", "c"], [(0, 1), (1, 2)])
    assert reads("a,b\na,0,1\nb,1,0\n") == (["a", "b"], [(0, 1)])


def test_a_matrix_with_a_word_in_its_corner_and_semicolons():
    assert reads("name;A1;12;Ann “Red”\nA1;0;0,5;0\n12;0;0;1\nAnn “Red”;0;0;0\n")[1] == [(0, 1), (1, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "a,b\nb,c\n",
        "source,target\na,b\nb,c\n",
        "a,b,2\nb,c,1\nc,a,0\n",
        "From;To;Weight\na;b;2\nb;c;1,5\n",
        "a\tb\nb\tc\nb\tb\n",
    ],
)
def test_a_list_of_links_with_and_without_heading_and_weight(text):
    names, pairs = reads(text)
    assert names == ["a", "b", "c"]
    assert pairs == [(0, 1), (1, 2)]


def test_quotes_and_commas_in_names():
    assert reads('"Doe, Jan",2\n2,"Roe ""R"""\n')[0] == ["Doe, Jan", "2", 'Roe "R"']


def test_a_link_said_twice_is_one_link():
    assert reads("a,b,1\nb,a,3\n")[1] == [(0, 1)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The file is empty."),
        ("\n\n", "The file is empty."),
        (",a,b\na,0,1\nb,1\n", "Row 3: it has 1 weights and the heading row has 2 names (column 3)."),
        (",a,b\na,0,1,7\nb,1,0\n", "Row 2: it has 3 weights"),
        (",a,a\na,0,1\na,1,0\n", "Row 1, column 3: the name “a” is already at row 1, column 2."),
        (",a,b\na,0,1\na,1,0\n", "Row 3, column 1: the name “a” is already at row 2, column 1."),
        (",a,b\na,0,x\nb,1,0\n", "Row 2, column 3: “x” is not a number."),
        (",a,b\na,0,-1\nb,1,0\n", "Row 2, column 3: the weight “-1” is not zero or more."),
        (",a,b\na,0,nan\nb,1,0\n", "Row 2, column 3: the weight “nan” is not zero or more."),
        (",a,b\na,0,1\nc,1,0\n", "Row 3, column 1: “c” is not among the names of the heading row."),
        (",a,b\na,0,1\n", "Row 1, column 3: “b” has no row of its own."),
        (",a,,c\na,0,0,1\nx,0,0,0\nc,0,0,0\n", "Row 1, column 3: the name is missing."),
        ("a,b\nc\n", "Row 2, column 2: a link needs two names, and one is missing."),
        ("a,b\n,d\n", "Row 2, column 1: a link needs two names, and one is missing."),
        ("a,b,1\nc,d,much\n", "Row 2, column 3: “much” is not a number."),
        ("source,target\n", "The file has a heading row and nothing below it."),
        ('a,"b\nc,d\n', "the quotation marks do not match"),
    ],
)
def test_what_cannot_be_read_is_refused_with_row_and_column(text, says):
    with pytest.raises(NetworkProblem) as refused:
        read_network(text.encode())
    assert says in str(refused.value)


def test_a_file_that_is_no_text_is_refused():
    with pytest.raises(NetworkProblem, match="binary"):
        read_network(b"PK\x03\x04\x00\x00")


def test_the_command_says_it_in_one_line(tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text(",a,b\na,0,x\nb,1,0\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Row 2, column 3"):
        call_command("link_measures", str(bad))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("link_measures", str(tmp_path / "missing.csv"))


def test_a_list_with_more_columns_is_refused_as_a_list_not_as_a_matrix():
    with pytest.raises(NetworkProblem, match="a list of links has two names and at most a weight"):
        reads("from,to,kind,date\nNed Aster,Owen Birk,knows,2026-10-02\n")
