"""The form in the desk's header: what is known of the article."""

from typing import Any

from django import forms
from django.http import HttpRequest

from claims.admin.article import ArticleForm
from claims.models import Article, Outlet


class RepairForm(ArticleForm):
    """What an editor may put right of an article; an outlet is named in full."""

    outlet = forms.ModelChoiceField(
        Outlet.objects.all(),
        to_field_name="name",
        required=False,
        widget=forms.TextInput,
        error_messages={"invalid_choice": "There is no outlet of this name; add it first."},
    )

    class Meta:
        model = Article
        fields = ("published", "outlet", "headline", "byline", "language", "visibility", "complete")
        labels = {"published": "published (EDTF)"}
        help_texts = dict.fromkeys(fields, "")

    def __init__(self, *args: Any, may_publish: bool = False, **kwargs: Any) -> None:
        article: Article = kwargs["instance"]
        name = article.outlet.name if article.outlet else ""
        super().__init__(*args, prefix="article", initial={"outlet": name}, **kwargs)
        del self.fields["url"]
        if not may_publish:
            del self.fields["visibility"]


def form_of(
    request: HttpRequest, article: Article, *, sent: bool = False, problem: Exception | None = None
) -> RepairForm:
    """Return the form of an article, with what the user sent or with what is stored."""
    told: type[RepairForm] = type("ToldForm", (RepairForm,), {"problem": problem})
    return told(
        request.POST if sent else None,
        instance=article,
        may_publish=request.user.has_perm("claims.publish_article"),
    )
