"""Tokens for programs: made and revoked with an account's name and password.

Only a hash of a token is stored; the token itself is shown once, in the answer that makes it.
"""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from knox.auth import TokenAuthentication
from knox.models import AuthToken
from rest_framework.authentication import BaseAuthentication, BasicAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from claims import gate
from claims.api import shapes


class SafeTokens(TokenAuthentication):  # type: ignore[misc]  # knox ships no types
    """`Authorization: Token …`; bytes that are no text are a wrong token, not a fault."""

    def authenticate_credentials(self, token: bytes) -> Any:
        try:
            gate.text("token", token.decode())
        except ValueError as error:
            raise AuthenticationFailed("Invalid token.") from error
        return super().authenticate_credentials(token)


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
        return super().authenticate_credentials(userid, password, request)


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
        responses={201: shapes.Token, **shapes.problems(401, 403, 429)},
    )
    def post(self, request: Request) -> Response:
        """Make a token for the account whose name and password are given.

        The token is shown this once. Send it as `Authorization: Token …`.
        """
        if request.auth is not None:
            raise AuthenticationFailed("A token is made with the account's name and password.")
        _, token = AuthToken.objects.create(request.user)
        return Response({"token": token}, status=201)

    @extend_schema(
        operation_id="tokens_revoke",
        request=None,
        responses={
            204: OpenApiResponse(description="Revoked."),
            **shapes.problems(401, 403, 429),
        },
    )
    def delete(self, request: Request) -> Response:
        """Revoke: the token sent, or with name and password every token of the account."""
        tokens = [request.auth] if request.auth else AuthToken.objects.filter(user=request.user)
        for token in tokens:
            token.delete()
        return Response(status=204)
