"""The API's addresses of orders and their papers."""

from django.urls import path

from orders.api import (
    catalogue,
    external,
    farm_weeks,
    invoicing,
    loyalty,
    measured,
    moving,
    ordering,
    purchasing,
    reports,
)

urlpatterns = [
    path("catalogue/", catalogue.CatalogueDoor.as_view(), name="api_catalogue"),
    path("orders/", ordering.OrdersDoor.as_view(), name="api_orders"),
    path("orders/check/", ordering.OrderCheckDoor.as_view(), name="api_order_check"),
    path("orders/<int:pk>/", ordering.OrderDoor.as_view(), name="api_order"),
    path("call-offs/", ordering.CallOffsDoor.as_view(), name="api_call_offs"),
    path("call-offs/<int:pk>/", ordering.CallOffDoor.as_view(), name="api_call_off"),
    path("purchase-orders/", purchasing.PurchaseOrdersDoor.as_view(), name="api_purchase_orders"),
    path("purchase-orders/<int:pk>/", purchasing.PurchaseOrderDoor.as_view(), name="api_purchase_order"),
    path("purchase-orders/<int:pk>/answer/", purchasing.AnswerDoor.as_view(), name="api_answer"),
    path("hand-overs/", moving.HandOversDoor.as_view(), name="api_hand_overs"),
    path("hand-overs/<int:pk>/", moving.HandOverDoor.as_view(), name="api_hand_over"),
    path("receipts/", moving.ReceiptsDoor.as_view(), name="api_receipts"),
    path("receipts/<int:pk>/", moving.ReceiptDoor.as_view(), name="api_receipt"),
    path("returns/", moving.ReturnsDoor.as_view(), name="api_returns"),
    path("invoices/", invoicing.InvoicesDoor.as_view(), name="api_invoices"),
    path("invoices/<int:pk>/", invoicing.InvoiceDoor.as_view(), name="api_invoice"),
    path("credit-notes/", invoicing.CreditNotesDoor.as_view(), name="api_credit_notes"),
    path("credit-notes/<int:pk>/", invoicing.CreditNoteDoor.as_view(), name="api_credit_note"),
    path("contract-loyalty/", loyalty.LoyaltyDoor.as_view(), name="api_contract_loyalty"),
    path("reports/", reports.ReportsDoor.as_view(), name="api_reports"),
    path("reports/<slug:slug>/", reports.ReportDoor.as_view(), name="api_report"),
    path("external-purchases/", external.ExternalPurchasesDoor.as_view(), name="api_external_purchases"),
    path(
        "external-purchases/<int:pk>/", external.ExternalPurchaseDoor.as_view(), name="api_external_purchase"
    ),
    path("driven-rounds/", measured.RoundsDoor.as_view(), name="api_driven_rounds"),
    path("driven-rounds/<int:pk>/", measured.RoundDoor.as_view(), name="api_driven_round"),
    path("weighings/", measured.WeighingsDoor.as_view(), name="api_weighings"),
    path("weighings/<int:pk>/", measured.WeighingDoor.as_view(), name="api_weighing"),
    path("suppliers/<int:supplier_id>/weeks/cant/", farm_weeks.CantDoor.as_view(), name="api_cant_week"),
]
