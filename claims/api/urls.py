"""The addresses of the API; the slash at the end may be left out."""

from django.urls import path, re_path

from claims.api import batches, changes, docs, extracting, files, rulings, tokens, views

RULINGS = {
    "accept": rulings.Accept,
    "reject": rulings.Reject,
    "confirm-voice": rulings.ConfirmVoice,
    "confirm": rulings.Confirm,
    "restore": rulings.Restore,
    "add-topic": rulings.AddTopic,
    "remove-topic": rulings.RemoveTopic,
    "undo": rulings.Undo,
}

FILES = {
    name: files.file_view(name, of)
    for name, of in {
        "articles": views.ArticleList,
        "attributions": views.AttributionList,
        "claims": views.ClaimList,
        "outlets": views.OutletList,
        "speakers": views.SpeakerList,
        "topics": views.TopicList,
    }.items()
}

_UID = "(?P<uid>[0-9a-z]{12})"

_ID = "(?P<uid>[0-9]{1,18})"

urlpatterns = [
    re_path(r"^schema/?$", docs.SchemaView.as_view(), name="schema"),
    re_path(r"^docs/?$", docs.DocsView.as_view(), name="docs"),
    re_path(r"^v1/?$", views.Index.as_view(), name="api"),
    re_path(r"^v1/tokens/?$", tokens.TokenView.as_view(), name="tokens"),
    re_path(r"^v1/articles/?$", views.ArticleList.as_view(), name="articles"),
    re_path(rf"^v1/articles/{_UID}/?$", views.ArticleDetail.as_view(), name="article"),
    re_path(r"^v1/speakers/?$", views.SpeakerList.as_view(), name="speakers"),
    re_path(rf"^v1/speakers/{_UID}/?$", views.SpeakerDetail.as_view(), name="speaker"),
    re_path(r"^v1/attributions/?$", views.AttributionList.as_view(), name="attributions"),
    re_path(rf"^v1/attributions/{_UID}/?$", views.AttributionDetail.as_view(), name="attribution"),
    re_path(r"^v1/claims/?$", views.ClaimList.as_view(), name="claims"),
    re_path(rf"^v1/claims/{_UID}/?$", views.ClaimDetail.as_view(), name="claim"),
    re_path(r"^v1/claims/rulings/?$", batches.BatchView.as_view(), name="claims_rulings"),
    re_path(
        rf"^v1/claims/{_UID}/versions/(?P<number>[0-9]{{1,9}})/?$",
        views.ClaimVersion.as_view(),
        name="claim_at",
    ),
    *(
        re_path(rf"^v1/claims/{_UID}/{name}/?$", view.as_view(), name=f"claim_{name}")
        for name, view in RULINGS.items()
    ),
    re_path(
        r"^v1/claims/export\.(?P<form>csv|jsonl)$", files.FormerExport.as_view(), name="export"
    ),
    *(
        re_path(rf"^v1/{name}\.(?P<form>csv|jsonl|parquet)$", view, name=f"{name}_file")
        for name, view in FILES.items()
    ),
    re_path(r"^v1/package\.zip$", files.PackageView.as_view(), name="package"),
    re_path(r"^v1/changes/?$", changes.ChangeList.as_view(), name="changes"),
    re_path(r"^v1/topics/?$", views.TopicList.as_view(), name="topics"),
    re_path(rf"^v1/topics/{_ID}/?$", views.TopicDetail.as_view(), name="topic"),
    re_path(r"^v1/outlets/?$", views.OutletList.as_view(), name="outlets"),
    re_path(rf"^v1/outlets/{_ID}/?$", views.OutletDetail.as_view(), name="outlet"),
    re_path(r"^v1/runs/?$", views.RunList.as_view(), name="runs"),
    re_path(r"^v1/extract/?$", extracting.ExtractView.as_view(), name="extract"),
    path("", views.NotFound.as_view()),
    re_path(r"^(?P<rest>[\s\S]+)$", views.NotFound.as_view(), name="nothing"),  # line breaks too
]
