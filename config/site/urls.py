"""Every address of the house."""

from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from config.site.style import style_page
from config.site.views import api, files, front, jobs, sign_in

urlpatterns = [
    path("api/v1/", include("config.site.api_urls")),
    path("api/problems", api.problems, name="api_problems"),
    path("api/problems/<slug:code>", api.problem, name="api_problem"),
    path("", front.front, name="front"),
    path("halsa/", front.health, name="health"),
    path("logga-in/", sign_in.sign_in, name="sign_in"),
    path("logga-in/demo/<int:user_id>/", sign_in.demo_sign_in, name="demo_sign_in"),
    path("logga-ut/", sign_in.sign_out, name="sign_out"),
    path("sprak/", require_POST(set_language), name="set_language"),
    path("tillganglighet/", front.accessibility, name="accessibility"),
    path("kallor/", front.notices, name="notices"),
    path("style", style_page, name="style"),
    path("jobb/", jobs.jobs, name="jobs"),
    path("jobb/<str:name>/kor/", jobs.retry, name="job_retry"),
    path("fil/<int:pk>/", files.download, name="file"),
    path("", include("suppliers.urls")),
    path("", include("market.urls")),
    path("", include("kitchens.urls")),
    path("", include("orders.urls")),
    path("", include("orders.urls_officer")),
]

handler400 = "config.site.views.front.bad_request"
handler404 = "config.site.views.front.not_found"
handler500 = "config.site.views.front.server_error"
