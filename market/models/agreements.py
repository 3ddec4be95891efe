"""Agreements: lots, parties, prices. No agreement, no call-off."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models.dated import Dated, DatedQuerySet, ends_after_it_begins, one_at_a_time
from market.models.law import Regime
from market.models.parties import Authority
from market.models.products import NeedCategory, Pack, Product
from suppliers.models import Supplier


class Agreement(models.Model):
    """A framework agreement, a contract from a dynamic purchasing system, or a direct award."""

    class Kind(models.TextChoices):
        FRAMEWORK = "framework", "ramavtal"
        DIS = "dis", "avtal från DIS"
        DIRECT_AWARD = "direct_award", "direktupphandling"

    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Kind)
    regime = models.CharField(max_length=12, choices=Regime)
    case_number = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField()
    delivers_after_end = models.BooleanField(
        default=False, help_text="a call-off placed in time may be delivered after the last day"
    )
    posted_stock_is_an_answer = models.BooleanField(
        default=False, help_text="the agreement says that posted availability counts as the farm's answer"
    )
    part_call_off_allowed = models.BooleanField(default=True)
    answer_hours = models.PositiveSmallIntegerField(
        null=True, help_text="how long a party that is asked has to answer, where posted stock is no answer"
    )
    need_category = models.ForeignKey(
        NeedCategory, null=True, on_delete=models.PROTECT, related_name="agreements"
    )
    reason = models.TextField(
        blank=True, default="", help_text="for a direct award: why this way, why this farm"
    )
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    terminated_on = models.DateField(null=True)
    cut_over_on = models.DateField(
        null=True, help_text="of a running agreement that was taken over: called off from here as of this day"
    )
    notice_number = models.CharField(max_length=60, blank=True, default="", db_default="")
    notice_on = models.DateField(
        null=True, help_text="when the notice of the DIS or procurement was published"
    )
    notice_url = models.URLField(max_length=300, blank=True, default="", db_default="")
    standstill_to = models.DateField(
        null=True, help_text="last day of a voluntary standstill (20 kap. 15 § LOU)"
    )
    authorities = models.ManyToManyField(Authority, through="AgreementAuthority", related_name="agreements")

    class Meta:
        constraints = [
            models.CheckConstraint(name="agreement_dates", condition=Q(valid_to__gte=F("valid_from"))),
            models.CheckConstraint(
                name="signed_with_signer",
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="direct_award_has_its_need",
                condition=~Q(kind="direct_award") | Q(need_category__isnull=False),
            ),
            models.CheckConstraint(
                name="direct_award_is_its_regime",
                condition=Q(kind="direct_award", regime="direct_award")
                | (~Q(kind="direct_award") & ~Q(regime="direct_award")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgreementAuthority(models.Model):
    """An authority that the agreement names; no other may use it (7 kap. 3 § LOU)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="named", db_index=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "authority"], name="authority_named_once")
        ]

    def __str__(self) -> str:
        return f"{self.agreement} – {self.authority}"


class AgreementLot(models.Model):
    """A lot (delkontrakt) with its ceilings and its way of choosing among its parties."""

    class Allotment(models.TextChoices):
        SINGLE = "single", "en leverantör"
        RANKING = "ranking", "rangordning"
        LOWEST_PRICE = "lowest_price", "lägst pris just nu"
        SHARES = "shares", "andelar i procent"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="lots")
    name = models.CharField(max_length=120)
    allotment = models.CharField(max_length=12, choices=Allotment)
    ceiling_sek = models.DecimalField(max_digits=14, decimal_places=2)
    ceiling_kg = models.DecimalField(max_digits=14, decimal_places=3, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "name"], name="lot_name_once"),
            models.UniqueConstraint(fields=["id", "agreement"], name="lot_with_its_agreement"),
            models.CheckConstraint(
                name="lot_ceilings_are_positive",
                condition=Q(ceiling_sek__gt=0) & (Q(ceiling_kg=None) | Q(ceiling_kg__gt=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} – {self.name}"


class LotParty(models.Model):
    """A supplier of a lot, with its rank (1 first). Under a distribution key the rank parts those that are equal."""

    agreement_lot = models.ForeignKey(
        AgreementLot, on_delete=models.CASCADE, related_name="parties", db_index=False
    )
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="lots")
    rank = models.SmallIntegerField(default=1)
    share_percent = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, help_text="of what is called off, where shares are the key"
    )

    class Meta:
        verbose_name_plural = "lot parties"
        constraints = [
            models.UniqueConstraint(fields=["agreement_lot", "supplier"], name="party_once"),
            models.UniqueConstraint(fields=["agreement_lot", "rank"], name="rank_once"),
            models.CheckConstraint(name="rank_from_one", condition=Q(rank__gte=1)),
            models.CheckConstraint(
                name="share_is_a_part_of_the_whole",
                condition=Q(share_percent=None) | Q(share_percent__gt=0, share_percent__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_lot} {self.rank}: {self.supplier}"


class LotProduct(Dated):
    """A product that lies inside a lot."""

    agreement_lot = models.ForeignKey(AgreementLot, on_delete=models.CASCADE, related_name="products")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="lots")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("product_in_lot_once", "agreement_lot", "product"),
            ends_after_it_begins("lot_product_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_lot} – {self.product}"


class AgreementPrice(Dated):
    """The only price of a call-off: SEK excl. VAT per pack, or per kg for catch weight.

    ``is_cap`` leaves the price open under this cap: the offer's own price counts then. A price that was adjusted
    tells what it was and when it was adjusted; why stands in its ``PriceAdjustment``.
    """

    class Per(models.TextChoices):
        PACK = "pack"
        KG = "kg"

    agreement_lot = models.ForeignKey(
        AgreementLot, on_delete=models.PROTECT, related_name="prices", db_index=False
    )
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="+")
    price_sek = models.DecimalField(max_digits=12, decimal_places=4)
    per = models.CharField(max_length=4, choices=Per, default=Per.PACK)
    is_cap = models.BooleanField(default=False)
    was_sek = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    adjusted_at = models.DateTimeField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            one_at_a_time("one_price_at_a_time", "agreement_lot", "supplier", "pack"),
            ends_after_it_begins("price_dates"),
            models.CheckConstraint(name="price_is_positive", condition=Q(price_sek__gt=0)),
            models.CheckConstraint(
                name="adjusted_price_tells_what_it_was",
                condition=Q(was_sek=None, adjusted_at=None)
                | Q(was_sek__isnull=False, adjusted_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["agreement_lot", "supplier", "product"], name="prices_of_a_party")]

    def __str__(self) -> str:
        return f"{self.pack} {self.price_sek} ({self.supplier})"


class LotBalance(models.Model):
    """What call-offs have taken of a lot: in all, by authority, by supplier. Narrow, untrailed, proven from rows.

    The row with neither authority nor supplier is the lot's own; its ceilings are copies that its CHECK holds.
    ``overshoot`` is what catch weight truly delivered went over; it is recorded and stops new call-offs.
    """

    agreement_lot = models.ForeignKey(
        AgreementLot, on_delete=models.PROTECT, related_name="balances", db_index=False
    )
    authority = models.ForeignKey(
        Authority, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    supplier = models.ForeignKey(
        Supplier, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ceiling_sek = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    ceiling_kg = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    committed_sek = models.DecimalField(max_digits=14, decimal_places=2, default=0, db_default=0)
    committed_kg = models.DecimalField(max_digits=14, decimal_places=3, default=0, db_default=0)
    overshoot_sek = models.DecimalField(max_digits=14, decimal_places=2, default=0, db_default=0)
    overshoot_kg = models.DecimalField(max_digits=14, decimal_places=3, default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement_lot", "authority", "supplier"], name="balance_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="balance_not_negative", condition=Q(committed_sek__gte=0, committed_kg__gte=0)
            ),
            models.CheckConstraint(
                name="balance_within_ceiling",
                condition=(Q(ceiling_sek=None) | Q(committed_sek__lte=F("ceiling_sek") + F("overshoot_sek")))
                & (Q(ceiling_kg=None) | Q(committed_kg__lte=F("ceiling_kg") + F("overshoot_kg"))),
            ),
            models.CheckConstraint(
                name="balance_of_the_lot_an_authority_or_a_supplier",
                condition=Q(authority=None) | Q(supplier=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_lot}: {self.committed_sek}"


class LotOpening(models.Model):
    """What a party had of a lot before its agreement was taken over, SEK excl. VAT and kg: the balances begin with it."""

    agreement_lot = models.ForeignKey(
        AgreementLot, on_delete=models.PROTECT, related_name="openings", db_index=False
    )
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", db_index=False)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="+", db_index=False)
    spent_sek = models.DecimalField(max_digits=14, decimal_places=2)
    spent_kg = models.DecimalField(max_digits=14, decimal_places=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement_lot", "authority", "supplier"], name="opening_once"),
            models.CheckConstraint(
                name="opening_not_negative", condition=Q(spent_sek__gte=0, spent_kg__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_lot}: {self.spent_sek}"


class NeedTotal(models.Model):
    """What an authority's call-offs of a need category cost in a delivery month, SEK excl. VAT."""

    need_category = models.ForeignKey(NeedCategory, on_delete=models.PROTECT, related_name="totals")
    month = models.DateField(help_text="its first day")
    net_sek = models.DecimalField(max_digits=14, decimal_places=2, default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["need_category", "month"], name="need_total_once"),
            models.CheckConstraint(name="need_month_is_a_first", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.need_category} {self.month}: {self.net_sek}"


class Commitment(models.Model):
    """What one call-off holds of stock, ceiling and need: the row behind every counter.

    ``call_off_id`` is the key of the call-off in ``orders``, which stands above and so is no foreign key here.
    """

    call_off_id = models.BigIntegerField(unique=True)
    pool = models.ForeignKey("StockPool", on_delete=models.PROTECT, related_name="commitments")
    agreement_lot = models.ForeignKey(
        AgreementLot, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", db_index=False)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="+", db_index=False)
    need_category = models.ForeignKey(
        NeedCategory, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    month = models.DateField()
    delivery_date = models.DateField(
        null=True, help_text="the call-off's; empty only where a version that did not keep it was at work"
    )
    base_quantity = models.DecimalField(max_digits=14, decimal_places=3)
    net_sek = models.DecimalField(max_digits=14, decimal_places=2)
    kg = models.DecimalField(max_digits=14, decimal_places=3)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="commitment_not_negative", condition=Q(base_quantity__gte=0, net_sek__gte=0, kg__gte=0)
            ),
        ]
        # What is summed stands in them: a report reads a quarter of a million of them and none of the table.
        indexes = [
            models.Index(
                fields=["agreement_lot", "delivery_date"],
                include=["month", "call_off_id", "net_sek", "kg"],
                name="commitments_of_a_lots_days",
            ),
            models.Index(
                fields=["authority", "month"],
                include=["need_category", "supplier", "net_sek"],
                name="commitments_of_a_buyer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_off_id}: {self.base_quantity}"
