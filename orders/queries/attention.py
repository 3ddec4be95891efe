"""What needs an officer's decision now, each kind in one statement."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from config.ground import figures
from market.models import Authority, OvershootAssessment
from market.rules.ceilings import Nearness
from orders.queries.ceiling_forecasts import LotForecast, ceiling_forecasts
from orders.queries.lots import AgreementSheet, LotSheet, agreements_of
from orders.queries.officer_words import certificate_name, rule_name
from orders.queries.overshoots import open_overshoots
from orders.queries.refused import DECIDING_RULE

DAYS_AHEAD = 60
WEEK = timedelta(days=7)
GRACE = timedelta(minutes=10)  # beat looks every minute; a run that is not closed by then is late


@dataclass(frozen=True, slots=True)
class NearLot:
    """``assessment``: what went over waits for a decision; None where it is decided or nothing went over."""

    agreement: AgreementSheet
    lot: LotSheet
    assessment: OvershootAssessment | None = None
    forecast: LotForecast | None = None


@dataclass(frozen=True, slots=True)
class LatePaper:
    """Something of a farm's that did not happen.

    ``what``: ``unanswered`` or ``not_handed_over`` (a purchase order), ``not_closed`` (a run past its cut-off),
    ``mail`` (the letter of a purchase order that nobody has answered yet could not be delivered), ``uncredited`` (it
    was invoiced for more than came: ``net_sek`` is what has not been credited of what was turned away).
    """

    what: str
    order_id: int | None
    number: str
    supplier_id: int
    supplier: str
    phone: str
    delivery_date: date
    net_sek: Decimal
    is_late: bool
    detail: str

    @property
    def sentence(self) -> str:
        told = {"number": self.number, "supplier": self.supplier}
        sentences = {
            "unanswered": _("%(supplier)s har inte svarat på %(number)s"),
            "not_handed_over": _("%(supplier)s har inte lämnat in %(number)s på navet"),
            "not_closed": _("Beställningarna till %(supplier)s har inte samlats till en inköpsorder"),
            "mail": _("Brevet med %(number)s nådde inte %(supplier)s"),
            "uncredited": _("%(supplier)s har inte krediterat det som avvisades"),
        }
        return sentences[self.what] % told

    @property
    def may_be_sent_again(self) -> bool:
        return self.what == "mail"

    @property
    def next_step(self) -> str:
        if self.what == "not_closed":
            return _("Stopptiden har passerat. Se jobbsidan.")
        if self.what == "uncredited":
            excess = {
                "number": self.number,
                "sek": figures.money(self.net_sek),
                "phone": self.phone or figures.UNKNOWN,
            }
            return _("%(number)s är fakturerad %(sek)s över det som kom. Ring gården: %(phone)s.") % excess
        if not self.phone:
            return _("Sök gården: telefonnummer saknas.")
        told = {"phone": self.phone}
        if self.what == "mail":
            return _("Ring gården och läs upp ordern: %(phone)s.") % told
        return _("Ring gården: %(phone)s.") % told


@dataclass(frozen=True, slots=True)
class EndingCertificate:
    supplier_id: int
    supplier: str
    kind: str
    number: str
    last_day: date
    is_permit: bool
    has_ended: bool

    @property
    def kind_name(self) -> str:
        return certificate_name(self.kind)


@dataclass(frozen=True, slots=True)
class RefusedReason:
    rule: str
    lines: int
    kitchens: int

    @property
    def name(self) -> str:
        return rule_name(self.rule)


@dataclass(frozen=True, slots=True)
class Attention:
    near_lots: tuple[NearLot, ...]
    late: tuple[LatePaper, ...]
    ending_agreements: tuple[AgreementSheet, ...]
    ending_certificates: tuple[EndingCertificate, ...]
    refused: tuple[RefusedReason, ...]
    in_force: tuple[AgreementSheet, ...] = ()

    @property
    def is_empty(self) -> bool:
        found = (self.near_lots, self.late, self.ending_agreements, self.ending_certificates, self.refused)
        return not any(found)


def attention(authority: Authority, *, now: datetime, today: date) -> Attention:
    """All that waits for the officer, in six statements."""
    agreements = agreements_of(authority)
    in_force = [each for each in agreements if each.is_in_force(today)]
    soon = today + timedelta(days=DAYS_AHEAD)
    opened = open_overshoots(lot.lot_id for each in agreements for lot in each.lots)
    near = [
        NearLot(agreement=each, lot=lot, assessment=opened.get(lot.lot_id))
        for each in agreements
        for lot in each.lots
        if lot.lot_id in opened or (each in in_force and lot.nearness > Nearness.FAR)
    ]
    forecasts = ceiling_forecasts(
        ((each.lot, each.agreement.last_day) for each in near if each.assessment is None), today=today
    )
    near = [replace(each, forecast=forecasts.get(each.lot.lot_id)) for each in near]
    return Attention(
        near_lots=tuple(sorted(near, key=lambda found: found.lot.nearness, reverse=True)),
        late=late_papers(authority, now=now, today=today),
        ending_agreements=tuple(
            sorted((each for each in in_force if each.last_day <= soon), key=lambda each: each.last_day)
        ),
        ending_certificates=_ending_certificates(authority, today=today),
        refused=refused_by_reason(authority, since=now - WEEK),
        in_force=tuple(in_force),
    )


_LATE = """
WITH mine AS MATERIALIZED (
  SELECT * FROM orders_purchaseorder WHERE authority_id = %(authority)s AND delivery_date >= %(since)s
)
SELECT 'unanswered', o.id, o.number, s.id, s.name, s.phone, o.delivery_date, o.net_sek,
       o.delivery_date <= %(tomorrow)s, ''
FROM mine o JOIN suppliers_supplier s ON s.id = o.supplier_id
WHERE o.answer = 'none'
UNION ALL
SELECT 'not_handed_over', o.id, o.number, s.id, s.name, s.phone, o.delivery_date, o.net_sek, true, ''
FROM mine o JOIN suppliers_supplier s ON s.id = o.supplier_id
LEFT JOIN orders_handover h ON h.purchase_order_id = o.id
WHERE o.answer IN ('full', 'part') AND o.delivery_date < %(today)s AND h.id IS NULL
UNION ALL
SELECT 'mail', o.id, o.number, s.id, s.name, s.phone, o.delivery_date, o.net_sek, true, left(m.last_error, 200)
FROM mine o JOIN suppliers_supplier s ON s.id = o.supplier_id
JOIN ground_outboxmessage m ON m.cause_table = 'orders_purchaseorder' AND m.cause_id = o.id
  AND m.dedupe_key = 'purchase_order:' || o.id AND m.state IN ('failed', 'bounced')
WHERE o.answer = 'none'
UNION ALL
SELECT 'not_closed', NULL, '', s.id, s.name, s.phone, r.delivery_date, sum(c.net_sek), true, ''
FROM market_supplierrun r JOIN suppliers_supplier s ON s.id = r.supplier_id
JOIN orders_calloff c ON c.supplier_run_id = r.id AND c.state = 'placed' AND c.authority_id = %(authority)s
WHERE r.state = 'open' AND r.cut_off < %(overdue)s
GROUP BY r.id, s.id
UNION ALL
SELECT 'uncredited', o.id, o.number, s.id, s.name, s.phone, o.delivery_date, sums.excess, true, ''
FROM mine o JOIN suppliers_supplier s ON s.id = o.supplier_id
JOIN LATERAL (
  SELECT sum(line.excess) AS excess FROM (
    SELECT coalesce(sum(CASE m.kind WHEN 'invoiced' THEN m.net_sek WHEN 'credited' THEN -m.net_sek
                                    WHEN 'delivered' THEN -m.net_sek WHEN 'returned' THEN m.net_sek END), 0) AS excess
    FROM orders_purchaseorderline l
    JOIN orders_purchaseorderlink k ON k.purchase_order_line_id = l.id
    JOIN orders_movement m ON m.call_off_id = k.call_off_id
    WHERE l.purchase_order_id = o.id
    GROUP BY l.id HAVING bool_or(m.kind IN ('rejected', 'returned'))) line
  WHERE line.excess > 0
) sums ON sums.excess > 0
ORDER BY 9 DESC, 7, 5, 1
"""


def late_papers(authority: Authority, *, now: datetime, today: date) -> tuple[LatePaper, ...]:
    """Every such paper of the last sixty days and those to come, what is late first."""
    asked: dict[str, Any] = {
        "authority": authority.pk,
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "since": today - timedelta(days=DAYS_AHEAD),
        "overdue": now - GRACE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LATE, asked)
        return tuple(LatePaper(*row) for row in cursor.fetchall())


# A certificate that another of the same kind and group outlives has been renewed.
_CERTIFICATES = """
SELECT s.id, s.name, c.kind, c.number, c.valid_to, c.kind IN ('registration', 'approval', 'packing_centre'),
       c.valid_to < %(today)s
FROM suppliers_certificate c JOIN suppliers_supplier s ON s.id = c.supplier_id
WHERE c.valid_to BETWEEN %(back)s AND %(ahead)s
  AND s.id IN (
    SELECT party.supplier_id FROM market_lotparty party
    JOIN market_agreementlot l ON l.id = party.agreement_lot_id
    JOIN market_agreement a ON a.id = l.agreement_id AND a.signed_at IS NOT NULL
    JOIN market_agreementauthority n ON n.agreement_id = a.id AND n.authority_id = %(authority)s
    WHERE %(today)s BETWEEN a.valid_from AND least(a.valid_to, a.terminated_on))
  AND EXISTS (
    SELECT 1 FROM suppliers_certificatescope own WHERE own.certificate_id = c.id AND NOT EXISTS (
      SELECT 1 FROM suppliers_certificate newer
      JOIN suppliers_certificatescope scope ON scope.certificate_id = newer.id
        AND scope.product_group_id = own.product_group_id
      WHERE newer.supplier_id = c.supplier_id AND newer.kind = c.kind AND newer.id <> c.id
        AND (newer.valid_to IS NULL OR newer.valid_to > c.valid_to)))
ORDER BY c.valid_to, s.sort_key, c.kind
"""


def _ending_certificates(authority: Authority, *, today: date) -> tuple[EndingCertificate, ...]:
    asked: dict[str, Any] = {
        "authority": authority.pk,
        "today": today,
        "back": today - timedelta(days=DAYS_AHEAD),
        "ahead": today + timedelta(days=DAYS_AHEAD),
    }
    with connection.cursor() as cursor:
        cursor.execute(_CERTIFICATES, asked)
        return tuple(EndingCertificate(*row) for row in cursor.fetchall())


_REFUSED = f"""
SELECT {DECIDING_RULE} AS rule, count(*), count(DISTINCT r.kitchen_id)
FROM orders_refusedline r WHERE r.authority_id = %s AND r.refused_at >= %s
GROUP BY 1 ORDER BY 2 DESC, 1
"""


def refused_by_reason(authority: Authority, *, since: datetime) -> tuple[RefusedReason, ...]:
    """Refused lines since then by the rule that decided, the most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute(_REFUSED, [authority.pk, since])
        return tuple(RefusedReason(*row) for row in cursor.fetchall())
