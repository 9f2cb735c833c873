"""The addresses of the pages."""

from django.contrib.auth.views import LogoutView
from django.urls import path, re_path

from claims.pages import account, files, views

urlpatterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.favicon, name="favicon"),  # browsers ask for it on every host
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
