"""Lists of the API are read page by page with a cursor, so that a growing list is never read twice."""

from rest_framework.pagination import CursorPagination


class NewestFirst(CursorPagination):
    ordering = "-id"
    page_size = 100
    max_page_size = 500
    page_size_query_param = "page_size"
