"""``/products/``, ``/agreements/``, ``/runs/``: what is bought, under what, and until when."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.api.doors import Door
from config.ground.doors import user_of
from market.api.asked import AgreementsWanted, ProductsWanted, RunsWanted
from market.api.told import AgreementTold, ProductTold, RunTold, WholeAgreementTold
from market.queries.lists import agreement_for, agreements_seen_by, one_of, products, supplier_runs


class ProductsDoor(Door):
    @extend_schema(parameters=[ProductsWanted], responses=ProductTold(many=True))
    def get(self, request: Request) -> Response:  # noqa: ARG002  # open to all who are signed in
        """The product register with its packs."""
        return self.page(products(**self.wanted(ProductsWanted)), ProductTold)


class ProductDoor(Door):
    @extend_schema(responses=ProductTold)
    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        """A product with its packs."""
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
