"""How suppliers stand with an authority: declarations, matters with hearing and decision, suspensions, conflicts of interest."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from config.ground.models import User
from market.models.dated import Dated, DatedQuerySet, ends_after_it_begins
from market.models.law import Regime
from market.models.parties import Authority
from suppliers.models import Supplier


class SelfDeclaration(Dated):
    """A supplier's own declaration that no ground for exclusion is there, as the authority received it.

    The law has no age for it: ``valid_to`` is the last day that the authority accepts it.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="declarations")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="declarations")
    reference = models.CharField(max_length=120, help_text="where it is filed: case number, record")
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(db_default=Now())

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [ends_after_it_begins("declaration_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.supplier} {self.valid_from}"


class DeclarationRequest(models.Model):
    """The supplier was asked for a fresh declaration, until a day; open until one answers it."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="declaration_requests")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="declaration_requests")
    asked_on = models.DateField()
    due_on = models.DateField()
    paragraph = models.CharField(max_length=120)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(
        SelfDeclaration, null=True, on_delete=models.PROTECT, related_name="answers"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "supplier"],
                name="one_open_declaration_request",
                condition=Q(answered_by=None),
            ),
            models.CheckConstraint(
                name="declaration_due_after_asked", condition=Q(due_on__gte=F("asked_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} {self.due_on}"


class StandingMatter(models.Model):
    """A matter about a supplier at an authority: its ground, how the supplier was heard, and what an officer decided.

    An exclusion keeps the supplier from new contracts on its days; it stops no call-off of a running one.
    """

    class Ground(models.TextChoices):
        CONVICTION = "conviction", "dom för brott"
        TAX_DECIDED = "tax_decided", "skatter eller avgifter, slutligt beslut"
        TAX_SHOWN = "tax_shown", "skatter eller avgifter, visat på annat sätt"
        BANKRUPTCY = "bankruptcy", "konkurs"
        MISCONDUCT = "misconduct", "allvarligt fel i yrkesutövningen"
        EARLIER_BREACH = "earlier_breach", "allvarlig brist i ett tidigare kontrakt"
        FALSE_DATA = "false_data", "oriktiga uppgifter"
        CONTRACT = "contract", "brist i ett löpande avtal"

    class Outcome(models.TextChoices):
        KEEP = "keep", "ingen åtgärd"
        EXCLUDE = "exclude", "utesluts"
        SUSPEND = "suspend", "stängs av"

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="matters")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="matters")
    ground = models.CharField(max_length=16, choices=Ground)
    regime = models.CharField(max_length=12, choices=Regime)
    paragraph = models.CharField(max_length=160, help_text="of the day it was opened")
    facts = models.TextField()
    opened_on = models.DateField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    handled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    hearing_text = models.TextField(blank=True, default="")
    hearing_sent_on = models.DateField(null=True)
    hearing_due_on = models.DateField(null=True)
    answer = models.TextField(blank=True, default="")
    answered_on = models.DateField(null=True)
    unheard_reason = models.TextField(blank=True, default="")
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, default="")
    decision_reason = models.TextField(blank=True, default="")
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    holds_from = models.DateField(null=True)
    holds_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hearing_sent_whole",
                condition=Q(hearing_sent_on=None, hearing_due_on=None, hearing_text="")
                | (
                    Q(
                        hearing_sent_on__isnull=False,
                        hearing_due_on__isnull=False,
                        hearing_due_on__gte=F("hearing_sent_on"),
                    )
                    & ~Q(hearing_text="")
                ),
            ),
            models.CheckConstraint(
                name="hearing_answer_whole",
                condition=Q(answered_on=None, answer="") | (Q(answered_on__isnull=False) & ~Q(answer="")),
            ),
            models.CheckConstraint(
                name="matter_decided_whole",
                condition=Q(outcome="", decided_on=None, decided_by=None, decision_reason="")
                | (
                    ~Q(outcome="")
                    & Q(decided_on__isnull=False, decided_by__isnull=False)
                    & ~Q(decision_reason="")
                ),
            ),
            models.CheckConstraint(
                name="decided_against_after_hearing",
                condition=Q(outcome__in=["", "keep"])
                | ~Q(unheard_reason="")
                | Q(answered_on__isnull=False, answered_on__lte=F("decided_on"))
                | Q(hearing_due_on__isnull=False, hearing_due_on__lt=F("decided_on")),
            ),
            models.CheckConstraint(
                name="exclusion_has_its_days",
                condition=~Q(outcome="exclude")
                | (Q(holds_from__isnull=False) & (Q(holds_to=None) | Q(holds_to__gte=F("holds_from")))),
            ),
        ]
        indexes = [
            models.Index(
                fields=["authority", "supplier", "-id"],
                name="bankruptcies_judged",
                condition=Q(ground="bankruptcy"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.supplier} – {self.ground}"


class SelfCleaning(models.Model):
    """What a supplier has shown to take a ground away, as an officer judged it sufficient (13 kap. 5 § LOU)."""

    class Kind(models.TextChoices):
        PAID = "paid", "skulden är betald"
        PAYMENT_PLAN = "payment_plan", "bindande betalningsplan"
        MEASURES = "measures", "åtgärder som räcker"

    matter = models.ForeignKey(StandingMatter, on_delete=models.PROTECT, related_name="cleanings")
    kind = models.CharField(max_length=12, choices=Kind)
    proof = models.TextField()
    shown_on = models.DateField()
    valid_to = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cleaning_ends_after_it_is_shown",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("shown_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter}: {self.kind}"


class Standing(Dated):
    """A supplier suspended at an authority, by an officer, with the clause it rests on.

    It was heard first, in ``matter``, or ``unheard_reason`` tells why not.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="standings")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="standings")
    clause = models.CharField(max_length=200)
    matter = models.ForeignKey(
        StandingMatter, null=True, on_delete=models.PROTECT, related_name="suspensions"
    )
    unheard_reason = models.TextField(blank=True, default="", db_default="")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT)
    decided_at = models.DateTimeField(db_default=Now())

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [ends_after_it_begins("standing_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.supplier} – {self.authority}"


class InterestDeclaration(models.Model):
    """An officer is too near a supplier to act in its matters; another takes them over. Holds until it is withdrawn."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="interests")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="interests")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="interests")
    relation = models.CharField(max_length=200)
    declared_on = models.DateField()
    handed_to = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "officer", "supplier"],
                name="one_interest_at_a_time",
                condition=Q(withdrawn_on=None),
            ),
            models.CheckConstraint(
                name="handed_to_another", condition=Q(handed_to=None) | ~Q(handed_to=F("officer"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} – {self.supplier}"
