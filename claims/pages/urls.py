"""The addresses of the pages; the slash at the end of those that are cited may be left out."""

from django.contrib.auth.views import LogoutView
from django.urls import path, re_path

from claims.pages import (
    about,
    account,
    article,
    claim,
    corrections,
    feed,
    files,
    health,
    listing,
    report,
    scorecard,
    search,
    speaker,
    views,
)

_UID = "(?P<uid>[0-9a-z]{12})"
_VERSION = "v(?P<number>[1-9][0-9]{0,8})"
_FORM = r"cite\.(?P<form>bib|json)"

urlpatterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.favicon, name="favicon"),  # browsers ask for it on every host
    re_path(r"^claims/?$", search.page, name="search"),
    path("claims.atom", feed.atom, name="atom"),
    re_path(r"^scorecard/?$", scorecard.page, name="scorecard"),
    re_path(rf"^claims/{_UID}/?$", claim.claim, name="claim_page"),
    re_path(rf"^claims/{_UID}/{_VERSION}/?$", claim.version, name="claim_version"),
    re_path(rf"^claims/{_UID}/{_FORM}$", claim.cite, name="claim_cite"),
    re_path(rf"^claims/{_UID}/{_VERSION}/{_FORM}$", claim.cite, name="claim_version_cite"),
    re_path(r"^speakers/?$", listing.speaker_list, name="speaker_list"),
    re_path(rf"^speakers/{_UID}/?$", speaker.speaker, name="speaker_page"),
    re_path(r"^articles/?$", listing.article_list, name="article_list"),
    re_path(rf"^articles/{_UID}/?$", article.article, name="article_page"),
    re_path(r"^outlets/?$", listing.outlet_list, name="outlet_list"),
    re_path(r"^outlets/(?P<pk>[0-9]{1,18})/?$", listing.outlet, name="outlet_page"),
    re_path(r"^topics/?$", listing.topic_list, name="topic_list"),
    re_path(r"^topics/(?P<scheme>[^/]+)/(?P<code>.+?)/?$", listing.topic, name="topic_page"),
    re_path(r"^corrections/?$", corrections.listed, name="corrections"),
    path("corrections.atom", corrections.atom, name="corrections_atom"),
    re_path(rf"^report/(?P<about>claim|speaker|article)/{_UID}/?$", report.report, name="report"),
    re_path(r"^about/?$", about.about, name="about"),
    re_path(r"^method/?$", about.method, name="method"),
    re_path(r"^contact/?$", about.contact, name="contact"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    re_path(
        r"^(?P<name>articles|attributions|claims|outlets|speakers|topics)"
        r"\.(?P<form>csv|jsonl|parquet)$",
        files.leads,
        name="files",
    ),
    path("account/", account.account, name="account"),
    path("account/byline/", account.choose_byline, name="byline"),
    path("account/tokens/", account.make_token, name="token_make"),
    path("account/tokens/revoke/", account.revoke_token, name="token_revoke"),
    path("account/sign-in/", account.SignInView.as_view(), name="sign_in"),
    path("account/sign-out/", LogoutView.as_view(), name="sign_out"),
    path("account/password/", account.PasswordChangeView.as_view(), name="password_change"),
    path(
        "account/password/done/",
        account.PasswordChangeDoneView.as_view(),
        name="password_change_done",
    ),
    # The admin's sign-in page links to the next one, if it has this name.
    path("account/reset/", account.PasswordResetView.as_view(), name="admin_password_reset"),
    path(
        "account/reset/sent/", account.PasswordResetDoneView.as_view(), name="password_reset_done"
    ),
    path(
        "account/reset/<uidb64>/<token>/",
        account.PasswordResetConfirmView.as_view(),
        name="password_reset_confirm",
    ),
    path(
        "account/reset/done/",
        account.PasswordResetCompleteView.as_view(),
        name="password_reset_complete",
    ),
]
