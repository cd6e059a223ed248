"""allauth's pages at our addresses. Their names stay, since allauth finds its way by them."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, path, re_path

from countersign.web.access import Door, View, door
from countersign.web.public.sign_in import SignInView


def _public(address: str, view: View, name: str) -> URLPattern:
    return path(address, door(Door.PUBLIC)(view), name=name)


def _own(address: str, view: View, name: str) -> URLPattern:
    return path(address, door(Door.SIGNED_IN)(view), name=name)


urlpatterns = [
    _public("sign-in/", SignInView.as_view(), "account_login"),
    _public("sign-in/closed/", account.account_inactive, "account_inactive"),
    _public("sign-in/code/", factor.authenticate, "mfa_authenticate"),
    _own("sign-in/again/", account.reauthenticate, "account_reauthenticate"),
    _own("sign-in/again/code/", factor.reauthenticate, "mfa_reauthenticate"),
    _public("sign-up/", account.signup, "account_signup"),
    _public("sign-up/sent/", account.email_verification_sent, "account_email_verification_sent"),
    _public("sign-up/confirm/<str:key>/", account.confirm_email, "account_confirm_email"),
    _public("sign-out/", account.logout, "account_logout"),
    _public("password/", account.password_reset, "account_reset_password"),
    _public("password/sent/", account.password_reset_done, "account_reset_password_done"),
    _public(
        "password/done/",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[\w-]+)/$",
        door(Door.PUBLIC)(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    _own("me/settings/address/", account.email, "account_email"),
    _own("me/settings/password/", account.password_change, "account_change_password"),
    _own("me/settings/password/first/", account.password_set, "account_set_password"),
    _own("me/settings/second-factor/", factor.index, "mfa_index"),
    _own("me/settings/second-factor/app/", totp.activate_totp, "mfa_activate_totp"),
    _own("me/settings/second-factor/app/off/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _own(
        "me/settings/second-factor/codes/", recovery.view_recovery_codes, "mfa_view_recovery_codes"
    ),
    _own(
        "me/settings/second-factor/codes/new/",
        recovery.generate_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
    _own(
        "me/settings/second-factor/codes/file/",
        recovery.download_recovery_codes,
        "mfa_download_recovery_codes",
    ),
]
