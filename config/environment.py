"""What the process was told by its environment, read once and typed."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    return default if not value else value in {"1", "true", "yes", "on"}


def var_dir() -> Path:
    """The folder of everything that a running house keeps on disk: sockets, data, mail files."""
    return Path(os.environ.get("BYGDEMAT_VAR", ROOT / "var"))


def run_dir() -> Path:
    """The folder of the embedded servers' sockets: var/run, or the one that var/run.path names.

    A socket's path holds about 100 characters; for a project that lies deeper the launcher takes a short one.
    """
    pointer = var_dir() / "run.path"
    return Path(pointer.read_text().strip()) if pointer.exists() else var_dir() / "run"


def database(url: str | None) -> dict[str, Any]:
    """Django's DATABASES entry for a postgresql:// address; without one, the embedded server in var/.

    Query parameters (``?host=/run/postgresql&sslmode=require``) go to the driver as they stand.
    """
    if not url:
        return _entry(name="bygdemat", user="bygdemat", host=str(run_dir()), options={})
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL begins with {parts.scheme!r}; Bygdemat needs postgresql://")
    options = dict(parse_qsl(parts.query))
    return _entry(
        name=unquote(parts.path.lstrip("/")) or "bygdemat",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=options.pop("host", "") or unquote(parts.hostname or ""),
        port=options.pop("port", "") or str(parts.port or ""),
        options=options,
    )


def _entry(
    *, name: str, user: str, host: str, options: dict[str, str], password: str = "", port: str = ""
) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": user,
        "PASSWORD": password,
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,  # a restarted database costs nobody a failed page
        "OPTIONS": options,
    }


def broker(url: str | None) -> str:
    return url or f"redis+socket://{run_dir() / 'valkey.sock'}"
