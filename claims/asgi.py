"""The ASGI entry point: On Record in production mode, unless `ON_RECORD_MODE` says otherwise."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("ON_RECORD_MODE", "production")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claims.settings")
application = get_asgi_application()
