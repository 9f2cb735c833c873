"""What is known of an article, put right without leaving the desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from claims import gate, history
from claims.admin.desk.page import Shown, desk_page, find_article
from claims.admin.desk.repair_form import form_of
from claims.admin.desk.views import article_url, desk_view
from claims.admin.editing import editor
from claims.curation import articles, assignments
from claims.filters.queues import Queue


@require_POST
@desk_view("claims.change_article")
def repair_view(request: HttpRequest, queue: Queue, pk: int) -> HttpResponse:
    """Rule on what is known of an article; what is stale or senseless comes back in the form."""
    article = find_article(pk)
    form = form_of(request, article, sent=True)
    if not form.is_valid():
        return desk_page(request, find_article(pk), queue, Shown(repair=form, status=400))
    try:
        assignments.take(pk, editor=editor(request))
        version = form.cleaned_data["version_seen"]
        articles.correct(find_article(pk), form.edits(), actor=editor(request), version=version)
    except assignments.Held as problem:
        messages.error(request, str(problem))
    except (gate.Refused, history.Stale) as problem:
        again = form_of(request, find_article(pk), sent=True, problem=problem)
        again.is_valid()
        status = 409 if isinstance(problem, history.Stale) else 400
        return desk_page(request, find_article(pk), queue, Shown(repair=again, status=status))
    else:
        messages.success(request, "The article is put right; dates that hang on its own moved.")
    return HttpResponseRedirect(article_url(queue, pk))
