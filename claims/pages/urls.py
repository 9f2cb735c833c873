"""The addresses of the pages."""

from django.urls import path

from claims.pages import views

urlpatterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.favicon, name="favicon"),  # browsers ask for it on every host
]
