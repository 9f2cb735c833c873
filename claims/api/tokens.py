"""Tokens for programs: made and revoked with an account's name and password.

Only a hash of a token is stored; the token itself is shown once, in the answer that makes it.
"""

from typing import Any, cast

from django.contrib.auth.models import User
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from knox.auth import TokenAuthentication
from knox.models import AuthToken
from rest_framework.authentication import BaseAuthentication, BasicAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from claims import gate, sign_in, tokens
from claims.api import describing, shapes
from claims.filters.base import BadQuestion


class SafeTokens(TokenAuthentication):  # type: ignore[misc]  # knox ships no types
    """`Authorization: Token …`; bytes that are no text are a wrong token, not a fault."""

    def authenticate_credentials(self, token: bytes) -> Any:
        try:
            gate.text("token", token.decode())
        except ValueError as error:
            raise AuthenticationFailed("Invalid token.") from error
        return super().authenticate_credentials(token)

    def _cleanup_token(self, auth_token: AuthToken) -> bool:
        """Tell whether the token ran out; none does by itself, so others are not looked at."""
        return bool(auth_token.expiry and auth_token.expiry < timezone.now())

    def validate_user(self, auth_token: AuthToken) -> tuple[Any, AuthToken]:
        """Note that the token is used; its card says whether it may write."""
        user, token = super().validate_user(auth_token)
        token.card = tokens.note_use(token)
        return user, token


class SafePasswords(BasicAuthentication):
    """Name and password; what cannot be stored is a wrong name or password, not a fault."""

    def authenticate_credentials(
        self, userid: str, password: str, request: Request | None = None
    ) -> Any:
        try:
            gate.text("name", userid)
            gate.text("password", password)
        except gate.Refused as refused:
            raise AuthenticationFailed("Invalid username/password.") from refused
        try:
            return super().authenticate_credentials(userid, password, request)
        except AuthenticationFailed:
            try:
                sign_in.raise_if_locked(userid, request)
            except sign_in.Locked as problem:
                raise Throttled(problem.seconds, str(problem)) from problem
            raise


class GuessThrottle(SimpleRateThrottle):
    """Few tries per address, counted before the password is looked at."""

    scope = "tokens"
    rate = "10/min"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        return f"throttle_tokens_{self.get_ident(request)}"


class TokenView(APIView):
    """Make a token, or revoke."""

    authentication_classes: list[type[BaseAuthentication]] = [SafePasswords, SafeTokens]
    permission_classes = [IsAuthenticated]
    throttle_classes = [GuessThrottle]
    parser_classes = []

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Count the try first: a wrong password must not be a free one."""
        self.check_throttles(request)
        self.throttle_classes = []
        super().initial(request, *args, **kwargs)

    @extend_schema(
        operation_id="tokens_make",
        request=None,
        parameters=[
            OpenApiParameter("name", description="What it is for; its owner sees it."),
            OpenApiParameter(
                "writes",
                enum=["true", "false"],
                description="Whether it may rule on claims, as far as its owner may.",
            ),
        ],
        responses={201: shapes.Token, **describing.problems(400, 401, 403, 429)},
    )
    def post(self, request: Request) -> Response:
        """Make a token for the account whose name and password are given.

        It only reads, unless `writes` is asked for, and is shown this once. Send it as
        `Authorization: Token …`.
        """
        if request.auth is not None:
            raise AuthenticationFailed("A token is made with the account's name and password.")
        asked = request.query_params
        name, writes = str(asked.get("name", "")), asked.get("writes", "false")
        errors = {n[:60]: "is no parameter here" for n in asked if n not in {"name", "writes"}}
        if writes not in {"true", "false"}:
            errors["writes"] = "is neither true nor false"
        if errors:
            raise BadQuestion(errors)
        token = tokens.make(_owner(request), name=name, writes=writes == "true")
        return Response({"token": token}, status=201)

    @extend_schema(
        operation_id="tokens_revoke",
        request=None,
        responses={
            204: OpenApiResponse(description="Revoked."),
            **describing.problems(401, 403, 429),
        },
    )
    def delete(self, request: Request) -> Response:
        """Revoke: the token sent, or with name and password every token of the account."""
        rows = tokens.of(_owner(request))
        if request.auth is not None:
            rows = rows.filter(pk=request.auth.pk)
        tokens.revoke(rows, actor=_owner(request))
        return Response(status=204)


def _owner(request: Request) -> User:
    return cast(User, request.user)
