"""The house's addresses and some that only refuse."""

from typing import NoReturn

from django.http import HttpRequest, HttpResponse
from django.urls import path
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from config.ground.doors import actor_of, once_of
from config.ground.refusals import ChangedMeanwhile
from config.site.urls import urlpatterns as house


def refuse(request: HttpRequest) -> NoReturn:
    raise ChangedMeanwhile(now=5, yours=4, fields={"kg": ["Någon skrev 12."]})


def fall(request: HttpRequest) -> NoReturn:
    raise ZeroDivisionError


def who(request: HttpRequest) -> HttpResponse:
    return HttpResponse(actor_of(request).door)


def key(request: HttpRequest) -> HttpResponse:
    once = once_of(request, endpoint="key", body={"kg": 3})
    return HttpResponse(once.key if once else "none")


@api_view(["GET"])
@permission_classes([AllowAny])
def refuse_api(request: Request) -> Response:
    raise ChangedMeanwhile(now=5, yours=4, fields={"kg": ["Någon skrev 12."]})


urlpatterns = [
    *house,
    path("test/refuse/", refuse),
    path("test/fall/", fall),
    path("test/who/", who, name="who"),
    path("test/key/", key),
    path("api/test/plain/", refuse),
    path("api/test/rest/", refuse_api),
]
