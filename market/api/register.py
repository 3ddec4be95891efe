"""``/products/``, ``/agreements/``, ``/runs/``: what is bought, under what, and until when."""

from decimal import Decimal

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.doors import actor_of, once_of, user_of
from market.actions.products import ProductDraft, add_product, plain_pack
from market.api.asked import AgreementsWanted, ProductsWanted, RunsWanted
from market.api.keeping import NamesAsked, ProductAsked, rename, today_of
from market.api.told import AgreementTold, ProductTold, RunTold, WholeAgreementTold
from market.models import Product
from market.queries.lists import agreement_for, agreements_seen_by, one_of, products, supplier_runs
from market.queries.register import keeper_of_the_register


class ProductsDoor(Door):
    @extend_schema(parameters=[ProductsWanted], responses=ProductTold(many=True))
    def get(self, request: Request) -> Response:  # noqa: ARG002  # open to all who are signed in
        """The product register with its packs."""
        return self.page(products(**self.wanted(ProductsWanted)), ProductTold)

    @extend_schema(request=ProductAsked, responses={201: ProductTold})
    def post(self, request: Request) -> Response:
        """New goods in the register, with their first pack and where they belong from today on."""
        keeper_of_the_register(user_of(request))
        asked = self.asked(ProductAsked)
        told = dict(asked.validated_data)
        unit = told["base_unit"]
        pack = plain_pack(told.pop("pack_base"), unit=unit)
        told["kg_per_base"] = Decimal(1) if unit == Product.Unit.KG else told["kg_per_base"]
        for name in ("synonyms", "season_months"):
            told[name] = tuple(told[name])
        made = add_product(
            draft=ProductDraft(**told, packs=(pack,)),
            first_day=today_of(request),
            once=once_of(request, endpoint="POST products", body=asked.validated_data),
            by=actor_of(request),
        )
        return Response(ProductTold(one_of(products(), made.pk)).data, status=201)


class ProductDoor(Door):
    @extend_schema(responses=ProductTold)
    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        """A product with its packs."""
        return self.one(ProductTold(one_of(products(), pk)))

    @extend_schema(request=NamesAsked, responses={200: ProductTold})
    def patch(self, request: Request, pk: int) -> Response:
        """New names, words and season. What is ordered under the old name stands so."""
        keeper_of_the_register(user_of(request))
        rename(request, pk, self.asked(NamesAsked))
        return self.one(ProductTold(one_of(products(), pk)))


class AgreementsDoor(Door):
    @extend_schema(parameters=[AgreementsWanted], responses=AgreementTold(many=True))
    def get(self, request: Request) -> Response:
        """The agreements that name your authority, or that your farm is party to."""
        return self.page(agreements_seen_by(user_of(request), **self.wanted(AgreementsWanted)), AgreementTold)


class AgreementDoor(Door):
    @extend_schema(responses=WholeAgreementTold)
    def get(self, request: Request, pk: int) -> Response:
        """An agreement with its lots; what is committed and what room is left only for authorities that it names."""
        return self.one(WholeAgreementTold(agreement_for(user_of(request), pk)))


class RunsDoor(Door):
    @extend_schema(parameters=[RunsWanted], responses=RunTold(many=True))
    def get(self, request: Request) -> Response:  # noqa: ARG002
        """Farms in delivery runs, with their cut-offs."""
        return self.page(supplier_runs(**self.wanted(RunsWanted)), RunTold)


class RunDoor(Door):
    @extend_schema(responses=RunTold)
    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        """A farm in a delivery run."""
        return self.one(RunTold(one_of(supplier_runs(), pk)))
