"""Publishing a group with its lists: records writes and enters, reports makes what people read."""

from __future__ import annotations

from criteria.problems import Problem
from records.publication.published import Publication
from records.publication.publishing import Prepared, publish
from records.software import SOFTWARE


def publish_with_lists(made: Prepared) -> tuple[Publication | None, list[Problem]]:
    """Make a prepared publication. Raises OSError."""
    from reports.publication.lists import list_files

    return publish(made, list_files(made, SOFTWARE), SOFTWARE)
