"""Networks for Gephi, networkx, igraph and others: GraphML and GEXF, by networkx."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from thematic.errors import NotInstalled
from thematic.report.safe import xml

SUFFIXES = (".graphml", ".gexf")
_OF_ACTORS = ("cases", "transcripts", "units", "apart")
_OF_TIES = ("cases", "transcripts", "units", "apart", "negated", "contrasted")


def graph_of(actors: Sequence[Mapping[str, Any]], ties: Sequence[Mapping[str, Any]]) -> Any:
    """An undirected graph of one network: isolates kept, weight = persons who name both.

    Pairs that are only named apart have weight 0.

    Args:
        actors, ties: rows of one kind and code.

    Raises:
        NotInstalled: networkx is missing.
    """
    try:
        import networkx as nx
    except ImportError as error:
        raise NotInstalled(
            "networks need networkx, which is not installed", "pip install 'thematic[charts]'"
        ) from error
    graph = nx.Graph()
    for actor in actors:
        counts = {name: actor[name] for name in _OF_ACTORS}
        graph.add_node(xml(actor["actor"]), label=xml(actor["actor"]), **counts)
    for tie in ties:
        counts = {name: tie[name] for name in _OF_TIES}
        ends = xml(tie["actor_1"]), xml(tie["actor_2"])
        graph.add_edge(*ends, weight=tie["cases"], **counts)
    return graph


def graph_bytes(graph: Any, suffix: str) -> bytes:
    """The file of a graph; no time stands in it.

    Args:
        graph: from `graph_of`.
        suffix: .graphml or .gexf.
    """
    import networkx as nx

    if suffix == ".graphml":
        out = io.BytesIO()
        nx.write_graphml_xml(graph, out, encoding="utf-8")
        return out.getvalue()
    text = "\n".join(nx.generate_gexf(graph, encoding="utf-8", version="1.2draft"))
    return _without_time(text).encode("utf-8")


def _without_time(text: str) -> str:
    """GEXF without the day on which it was made."""
    import re

    return re.sub(r' lastmodifieddate="[^"]*"', "", text)
