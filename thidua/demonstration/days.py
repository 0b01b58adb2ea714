"""The days of an illustrative round, counted from the last day of its period: never today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from criteria.declarations.movement import Movement
from records.rounds import read_window


@dataclass(frozen=True)
class Days:
    """When what happens in the round of a period. A year is opened on 2 November and official on 1 February."""

    first: date
    last: date

    @classmethod
    def of(cls, movement: Movement, period: str) -> Days:
        window = read_window(movement, period)
        assert window is not None, period
        return cls(window.first, window.last)

    def _after(self, days: int) -> date:
        return self.last + timedelta(days=days)

    @property
    def length(self) -> int:
        """Days of the period."""
        return (self.last - self.first).days + 1

    @property
    def opened(self) -> date:
        return self._after(-59)

    @property
    def signed(self) -> date:
        """When units sign their forms."""
        return self._after(-36)

    @property
    def deadline(self) -> date:
        return self._after(-30)

    @property
    def closed(self) -> date:
        return self._after(-27)

    @property
    def reviewed(self) -> date:
        return self._after(-24)

    @property
    def explained(self) -> date:
        return self._after(-13)

    @property
    def reviewed_again(self) -> date:
        return self._after(-10)

    @property
    def draft(self) -> date:
        return self._after(11)

    @property
    def complained(self) -> date:
        return self._after(18)

    @property
    def answered(self) -> date:
        return self._after(22)

    @property
    def comments_until(self) -> date:
        return self._after(25)

    @property
    def official(self) -> date:
        return self._after(32)

    @property
    def documents(self) -> tuple[date, date]:
        """Between which days documents are dated: some time before forms are signed."""
        return self.first + timedelta(days=4), self.signed - timedelta(days=24)
