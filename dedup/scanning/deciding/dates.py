"""Dates as outlets write them, made fit to be put in order."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def sortable(date: str | None) -> str | None:
    """Return a date in ISO 8601 and UTC, which sorts as text; None where it is no date.

    ISO 8601 and the dates of feeds (RFC 5322) are known. Without a time zone UTC is taken for it,
    without a time the beginning of the day.

    >>> sortable("2024-03-01"), sortable("2024-03-01T10:00:00+02:00")
    ('2024-03-01T00:00:00', '2024-03-01T08:00:00')
    >>> sortable("Fri, 01 Mar 2024 08:00:00 GMT"), sortable("last Friday")
    ('2024-03-01T08:00:00', None)
    """
    if not date:
        return None
    try:
        moment = datetime.fromisoformat(date.strip())
    except ValueError:
        try:
            moment = parsedate_to_datetime(date)
        except (ValueError, IndexError):
            return None
    try:
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    except OverflowError:  # the first or last day of the calendar
        return None
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")
