"""The addresses of the desk."""

from django.urls import path

from claims.admin.desk import pointing, queues, repair, views

urlpatterns = [
    path("", queues.queue_view, name="desk"),
    path("next/", queues.next_view, name="desk_next"),
    path("queues/", queues.save_view, name="desk_save"),
    path("article/<int:pk>/", views.article_view, name="desk_article"),
    path("article/<int:pk>/take/", views.take_view, name="desk_take"),
    path("article/<int:pk>/repair/", repair.repair_view, name="desk_repair"),
    path("article/<int:pk>/undo/", views.undo_view, name="desk_undo"),
    path("article/<int:pk>/mark/", pointing.mark_view, name="desk_mark"),
    path("claim/<int:pk>/rule/", views.rule_view, name="desk_rule"),
    path("claim/<int:pk>/edit/", views.edit_view, name="desk_edit"),
]
