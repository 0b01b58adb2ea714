"""The page as data: a mapping that html.py puts into one file (trang kiểm tra)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from criteria.declarations.movement import Movement
from reports.page.ground import Grounds, Interval
from reports.page.sets import page_set, people_set
from reports.page.texts import STATE_WORDS, WAITING, plain_all
from reports.wording.days import period_words
from reports.wording.issuers import letterhead
from scoring.result import ILLUSTRATION

FORMAT = 1
INTERNAL = "BẢN NỘI BỘ – không đăng công khai"


def page_data(
    movement: Movement,
    period: str,
    day: date,
    grounds: Grounds,
    *,
    public: bool = False,
    intervals: Mapping[str, Interval] | None = None,
    reach: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """A whole page of a round. day: whose names the letterhead has. intervals, reach: by candidate; see page_set."""
    sets = [page_set(one, intervals, reach) for one in grounds.sets]
    sets += [people_set(one) for one in grounds.people]
    words = period_words(period)
    return framed(movement, period, words, day, sets, grounds, STATE_WORDS, WAITING, public=public)


def framed(
    movement: Movement,
    period: str,
    words: str,
    day: date,
    sets: Sequence[dict[str, Any]],
    grounds: Grounds,
    states: Mapping[str, str],
    waiting: str,
    *,
    public: bool,
) -> dict[str, Any]:
    """What stands around the sets. words: the period, or the occasion, as people say it. states: by sign. waiting: signs that still wait."""
    head = letterhead(movement, day)
    title = f"Kết quả thi đua {words}" if public else f"Bảng kiểm tra xếp hạng {words}"
    page = {
        "format": FORMAT,
        "title": title,
        "movement": movement.full_name or movement.name,
        "authority": head.authority if head is not None else "",
        "period": period,
        "period_words": words,
        "public": public,
        "stage": grounds.stage,
        "source": grounds.source,
        "stamps": [*([] if public else [INTERNAL]), *_everywhere(sets)],
        "receipt": [list(line) for line in grounds.receipt],
        "states": dict(states),
        "waiting": waiting,
        "notes": list(grounds.notes),
        "groups": [],
    }
    made: dict[str, Any] = plain_all(page)
    for one in sets:  # details are texts already, and packed
        made["groups"].append({key: part if key == "details" else plain_all(part) for key, part in one.items()})
    return made


def _everywhere(sets: Sequence[Mapping[str, Any]]) -> list[str]:
    """Stamps that every set has; that figures are made up is said of the whole as soon as some are."""
    stamps = dict.fromkeys(stamp for one in sets for stamp in one["stamps"])
    return [stamp for stamp in stamps if stamp == ILLUSTRATION or all(stamp in one["stamps"] for one in sets)]
