"""Nominatim behind the same face as the offline geocoder, only when the user has switched it on.

Takes a name; gives a geopy `Location` or None.  At most one request a second (Nominatim's usage policy), by geopy's
RateLimiter.  Nothing here runs, and nothing is sent, unless `Online.enabled` was asked for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from geopy.exc import GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from geopy.location import Location

__all__ = ["OnlineGeocoder"]

log = logging.getLogger(__name__)


class OnlineGeocoder:
    """`geocode` and `reverse` over the network, off by default.

    enabled : the user's switch; while False every call returns None and sends nothing.
    """

    def __init__(
        self, *, enabled: bool = False, user_agent: str = "dateline", service: Any = None, min_delay_s: float = 1.0
    ) -> None:
        self.enabled = enabled
        self._service = service if service is not None else (Nominatim(user_agent=user_agent) if enabled else None)
        self._limited: dict[str, Callable[..., Any]] = {}
        if self._service is not None:
            self._limited = {
                verb: RateLimiter(
                    getattr(self._service, verb), min_delay_seconds=min_delay_s, max_retries=1, swallow_exceptions=False
                )
                for verb in ("geocode", "reverse")
            }

    def geocode(self, query: str, **options: Any) -> Location | None:
        """The place of a name, None where unknown, switched off or out of reach (which is logged)."""
        return self._call("geocode", query, options)

    def reverse(self, query: Any, **options: Any) -> Location | None:
        """The place at a point, None where unknown, switched off or out of reach (which is logged)."""
        return self._call("reverse", query, options)

    def _call(self, verb: str, query: Any, options: dict[str, Any]) -> Location | None:
        if not self.enabled or verb not in self._limited:
            return None
        try:
            return self._limited[verb](query, **options)
        except GeocoderServiceError as err:
            log.warning("Nominatim did not answer (%s): %s", type(err).__name__, err)
            return None
