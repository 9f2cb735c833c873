"""Every address of the site: pages for researchers, admin for editors, API for programs."""

from django.contrib import admin
from django.urls import include, path

from claims.admin.guide import guide_view, index_view

urlpatterns = [
    path("api/", include("claims.api.urls")),  # first: programs ask most often
    path("", include("claims.pages.urls")),
    path("admin/", admin.site.admin_view(index_view)),
    path("admin/guide/", admin.site.admin_view(guide_view), name="guide"),
    path("admin/desk/", include("claims.admin.desk.urls")),
    path("admin/", admin.site.urls),
]
