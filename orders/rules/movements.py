from enum import StrEnum


class MovementKind(StrEnum):
    ORDERED = "ordered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    HANDED_OVER = "handed_over"
    DELIVERED = "delivered"
    REJECTED = "rejected"
    RETURNED = "returned"
    INVOICED = "invoiced"
    CREDITED = "credited"
    CANCELLED = "cancelled"
