"""Every address of the site: pages for researchers, admin for editors, API for programs."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("claims.pages.urls")),
    path("admin/desk/", include("claims.admin.desk.urls")),
    path("admin/", admin.site.urls),
    path("api/", include("claims.api.urls")),
]
