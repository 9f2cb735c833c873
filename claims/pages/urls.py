"""The addresses of the pages."""

from django.urls import path

from claims.pages import views

urlpatterns = [path("", views.home, name="home")]
