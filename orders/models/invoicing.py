"""Invoices and credit notes as they came from the supplier. Append-only: a wrong invoice is credited."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models import Authority
from orders.models.purchasing import PurchaseOrder, PurchaseOrderLine
from suppliers.models import Supplier


class Paper(models.Model):
    """``net_sek`` is the sum of its lines, ``vat_sek`` the tax per rate from the net sums, öre half-up once a rate."""

    number = models.CharField(max_length=40, help_text="the supplier's own")
    issued_on = models.DateField()
    net_sek = models.DecimalField(max_digits=14, decimal_places=2)
    vat_sek = models.DecimalField(max_digits=14, decimal_places=2)
    gross_sek = models.DecimalField(max_digits=14, decimal_places=2)
    booked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


class Invoice(Paper):
    """A supplier's invoice for one purchase order, to the authority that bought."""

    purchase_order = models.ForeignKey(
        PurchaseOrder, on_delete=models.PROTECT, related_name="invoices", db_constraint=False
    )
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="+", db_index=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supplier", "number"], name="invoice_once"),
            models.UniqueConstraint(fields=["id", "supplier"], name="invoice_of_its_supplier"),
            models.UniqueConstraint(fields=["id", "purchase_order"], name="invoice_of_its_order"),
            models.CheckConstraint(name="invoice_due_after_issued", condition=Q(due_on__gte=F("issued_on"))),
            models.CheckConstraint(
                name="invoice_adds_up",
                condition=Q(net_sek__gt=0, vat_sek__gte=0, gross_sek=F("net_sek") + F("vat_sek")),
            ),
        ]


class InvoiceLine(models.Model):
    """What is billed of a purchase-order line. ``kg`` null: the article tells no weight."""

    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="lines", db_constraint=False, db_index=False
    )
    purchase_order = models.ForeignKey(
        PurchaseOrder, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    purchase_order_line = models.ForeignKey(
        PurchaseOrderLine, on_delete=models.PROTECT, related_name="invoice_lines", db_constraint=False
    )
    packs = models.IntegerField()
    kg = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    net_sek = models.DecimalField(max_digits=14, decimal_places=2)
    vat_rate = models.DecimalField(max_digits=5, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invoice", "purchase_order_line"], name="invoice_line_once"),
            models.UniqueConstraint(fields=["id", "invoice"], name="invoice_line_of_its_invoice"),
            models.CheckConstraint(name="invoice_line_of_something", condition=Q(packs__gt=0, net_sek__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.packs} × {self.purchase_order_line}"


class CreditNote(Paper):
    """A supplier's credit note on one of its invoices."""

    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="credit_notes", db_constraint=False
    )
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supplier", "number"], name="credit_note_once"),
            models.UniqueConstraint(fields=["id", "invoice"], name="credit_note_on_its_invoice"),
            models.CheckConstraint(name="credit_note_has_its_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="credit_note_adds_up",
                condition=Q(net_sek__gt=0, vat_sek__gte=0, gross_sek=F("net_sek") + F("vat_sek")),
            ),
        ]


class CreditNoteLine(models.Model):
    """What is credited of an invoice's line, at that line's VAT rate. ``packs`` 0: a rebate."""

    credit_note = models.ForeignKey(
        CreditNote, on_delete=models.PROTECT, related_name="lines", db_constraint=False, db_index=False
    )
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    invoice_line = models.ForeignKey(
        InvoiceLine, on_delete=models.PROTECT, related_name="credit_lines", db_constraint=False
    )
    packs = models.IntegerField()
    kg = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    net_sek = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["credit_note", "invoice_line"], name="credit_note_line_once"),
            models.CheckConstraint(
                name="credit_note_line_of_something", condition=Q(packs__gte=0, net_sek__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.packs} × {self.invoice_line}"
