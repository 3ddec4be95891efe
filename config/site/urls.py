"""Every address of the house."""

from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from config.site.people import KINDS
from config.site.style import style_page
from config.site.views import api, files, front, jobs, people, sign_in

urlpatterns = [
    path("api/v1/", include("config.site.api_urls")),
    path("api/problems", api.problems, name="api_problems"),
    path("api/problems/<slug:code>", api.problem, name="api_problem"),
    path("", front.front, name="front"),
    path("halsa/", front.health, name="health"),
    path("logga-in/", sign_in.sign_in, name="sign_in"),
    path("logga-in/demo/<int:user_id>/", sign_in.demo_sign_in, name="demo_sign_in"),
    path("logga-ut/", sign_in.sign_out, name="sign_out"),
    path("losenord/", sign_in.ask_password, name="ask_password"),
    path("losenord/<str:person>/<str:key>/", sign_in.password, name="password"),
    path("konto/nytt/", sign_in.sign_up, name="sign_up"),
    path("sprak/", require_POST(set_language), name="set_language"),
    path("tillganglighet/", front.accessibility, name="accessibility"),
    path("tillganglighet/rapporter/", front.reported, name="reported"),
    path("kallor/", front.notices, name="notices"),
    path("style", style_page, name="style"),
    path("plattform/", people.platform, name="platform"),
    path("plattform/myndighet/ny/", people.authority_new, name="authority_new"),
    path("plattform/nav/nytt/", people.hub_new, name="hub_new"),
    *(
        path(f"personer/{slug}/<int:pk>/", people.people, {"slug": slug}, name=f"people_{slug}")
        for slug in KINDS
    ),
    path("personer/myndighet/<int:pk>/kok/nytt/", people.kitchen_new, name="kitchen_new"),
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
