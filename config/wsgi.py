import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

# A page makes tens of thousands of objects that die with it. By the interpreter's own setting they are gone through some
# fifty times meanwhile, and each time now and then all that the site itself consists of. The largest, a menu's five hundred
# needs, holds some forty thousand at once: a look in the midst of it took a tenth of its time and found nothing to free.
OBJECTS_BETWEEN_LOOKS = 50_000

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  # loads every door, before the server's processes part
gc.collect()
gc.freeze()
gc.set_threshold(OBJECTS_BETWEEN_LOOKS, 20, 20)
