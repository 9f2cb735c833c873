"""An account's own pages: signing in and out, password, byline, tokens."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import views
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from claims import bylines, gate, sign_in, tokens


class SignInView(views.LoginView):
    """Sign in with any account; those who work in the admin are led there."""

    template_name = "pages/sign_in.html"
    authentication_form = sign_in.SignInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        user = cast(User, self.request.user)
        return reverse("admin:index" if user.is_staff else "account")


class InAdminLook:
    """Shows the admin's own pages about passwords, to accounts of every kind."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the admin's frame shows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return admin.site.each_context(cast(Any, self).request) | context


class PasswordChangeView(InAdminLook, views.PasswordChangeView):
    """Choose another password."""

    success_url = reverse_lazy("password_change_done")


class PasswordChangeDoneView(InAdminLook, views.PasswordChangeDoneView):
    """The password was changed."""


class FewMails(PasswordResetForm):
    """Asks for the address to send a link to; few links go to one address from one place."""

    request: HttpRequest

    def clean_email(self) -> str:
        """Count each time somebody asks, whether or not there is such an account."""
        email: str = self.cleaned_data["email"]
        try:
            sign_in.count(f"mail to {email}", self.request)
        except sign_in.Locked as problem:
            raise forms.ValidationError("Asked for too often; look into your mail.") from problem
        return email


class PasswordResetView(InAdminLook, views.PasswordResetView):
    """Have a link sent that sets a new password."""

    form_class = FewMails

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)
        form.request = self.request
        return form


class PasswordResetDoneView(InAdminLook, views.PasswordResetDoneView):
    """The link was sent, if there is such an account."""


@method_decorator(never_cache, name="dispatch")
class PasswordResetConfirmView(InAdminLook, views.PasswordResetConfirmView):
    """Set a new password by a link that was sent; all tokens of the account end with the old."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save the password."""
        tokens.revoke(tokens.of(form.user), actor=form.user)
        return super().form_valid(form)


class PasswordResetCompleteView(InAdminLook, views.PasswordResetCompleteView):
    """The new password is set."""


class TokenForm(forms.Form):
    """What a new token is for, and whether it may rule on claims."""

    name = forms.CharField(max_length=80, label="What is it for?")
    writes = forms.BooleanField(required=False, label="may rule on claims, as far as I may")


@never_cache
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show an account's byline and tokens to its owner."""
    return _page(request)


@never_cache
@login_required
@require_POST
def make_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show it, this once."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=400)
    try:
        token = tokens.make(_owner(request), **form.cleaned_data)
    except gate.Refused as problem:
        form.add_error(None, str(problem))
        return _page(request, form=form, status=400)
    return _page(request, token=token)


@never_cache
@login_required
@require_POST
def revoke_token(request: HttpRequest) -> HttpResponse:
    """Revoke one of one's own tokens: it is refused from the next request on."""
    key = request.POST.get("key", "")[:15]
    gone = tokens.revoke(tokens.of(_owner(request)).filter(token_key=key), actor=_owner(request))
    messages.success(request, "Revoked." if gone else "There is no such token of yours.")
    return redirect("account")


@never_cache
@login_required
@require_POST
def choose_byline(request: HttpRequest) -> HttpResponse:
    """Choose the name that stands under one's notes in public; an empty one takes it away."""
    try:
        name = bylines.choose(_owner(request), request.POST.get("byline", ""))
    except gate.Refused as problem:
        messages.error(request, str(problem))
        return redirect("account")
    messages.success(request, "Your byline is chosen." if name else "You have no byline now.")
    return redirect("account")


def _owner(request: HttpRequest) -> User:
    return cast(User, request.user)


def _page(
    request: HttpRequest, *, form: TokenForm | None = None, token: str = "", status: int = 200
) -> HttpResponse:
    user = _owner(request)
    context = {
        "form": form or TokenForm(),
        "token": token,
        "tokens": tokens.of(user),
        "byline": bylines.of(user.pk),
        "signs": user.has_perm("claims.add_note"),
        "may_write": user.has_perm("claims.change_claim"),
    }
    return render(request, "pages/account.html", context, status=status)
