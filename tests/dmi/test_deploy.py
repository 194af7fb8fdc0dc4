"""The compose file, the production settings, the proxy and docs/deploy.md say the same."""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
DOCS = (ROOT / "docs/deploy.md").read_text()
NGINX = (ROOT / "deploy/nginx.conf").read_text()
READERS = r"env\.(?:text|choice|flag|whole_number|words|networks|directory|time_zone|secret|keys)\(\s*\"(DMI_\w+)\""


def variables() -> set[str]:
    """Every variable of ours that is read on a server; a secret may also come from a file."""
    settings = (ROOT / "dmi/settings/prod.py").read_text()
    secrets = set(re.findall(r"env\.(?:secret|keys)\(\s*\"(DMI_\w+)\"", settings))
    beside = "".join((ROOT / "deploy" / name).read_text() for name in ("gunicorn.conf.py", "healthy.py"))
    read = set(re.findall(READERS, settings)) | set(re.findall(r"environ[^\"]*\"(DMI_\w+)\"", beside))
    return read | {f"{name}_FILE" for name in secrets}


def documented() -> set[str]:
    """Every variable that has a row in the table of docs/deploy.md."""
    return set(re.findall(r"^\| `(DMI_\w+)`", DOCS, re.MULTILINE))


def example() -> dict[str, str]:
    """What a team fills in before it begins."""
    lines = (ROOT / "deploy/casebook.env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_every_variable_is_documented_and_every_documented_one_is_read():
    files = {name for name in variables() if name.endswith("_FILE") and name.removesuffix("_FILE") in variables()}

    assert documented() == variables() - files


@pytest.mark.parametrize("name", OURS)
def test_the_compose_file_sets_only_variables_that_are_read(name):
    told = set(SERVICES[name]["environment"]) - {"DJANGO_SETTINGS_MODULE"} | set(example())

    assert told <= variables()


@pytest.mark.parametrize("name", OURS)
def test_the_command_of_each_service_exists(name):
    program, *arguments = SERVICES[name]["command"]

    assert shutil.which(program, path=str(Path(sys.executable).parent))
    assert all((ROOT / word).exists() for word in arguments if word.endswith(".py"))
    check = SERVICES[name].get("healthcheck", {}).get("test", ["", "python", "manage.py", name])
    assert (ROOT / check[2]).exists()
    assert check[-1] == name


def test_celery_knows_the_options_of_worker_and_beat():
    for name in ("worker", "beat"):
        command = SERVICES[name]["command"]
        said = subprocess.run(
            [sys.executable, "-m", *command[:3], name, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for option in (word.partition("=")[0] for word in command[4:] if word.startswith("--")):
            assert option in said


def test_migrations_run_as_a_command_django_knows():
    assert SERVICES["migrate"]["command"][:3] == ["python", "manage.py", "migrate"]


def test_every_part_that_serves_is_watched():
    unwatched = {name for name, service in SERVICES.items() if "healthcheck" not in service}

    assert unwatched == {"migrate"}


def test_each_secret_is_declared_mounted_and_used():
    declared = set(COMPOSE["secrets"])
    mounted = {secret for service in SERVICES.values() for secret in service.get("secrets", [])}
    text = (ROOT / "docker-compose.yml").read_text() + NGINX

    assert declared == mounted
    assert declared == set(re.findall(r"/run/secrets/(\w+)", text))
    assert all(secret in DOCS for secret in declared)


def test_no_secret_is_written_in_the_compose_file():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|KEYS?\b|KEY_", name):
                assert str(value).startswith("/run/secrets/"), name


def test_files_and_volumes_the_compose_file_mounts_exist():
    for service in SERVICES.values():
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            assert (ROOT / source).is_file() if source.startswith("./") else source in COMPOSE["volumes"]


def test_only_the_proxy_is_reached_from_outside():
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"proxy"}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["db"]["networks"] == SERVICES["redis"]["networks"] == ["inside"]


def test_the_proxy_is_the_one_the_application_trusts():
    environment = SERVICES["web"]["environment"]

    assert environment["DMI_TRUSTED_PROXIES"] == SERVICES["proxy"]["networks"]["front"]["ipv4_address"]
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in NGINX
    assert "proxy_set_header X-Forwarded-Proto https;" in NGINX


def test_docker_gives_nobody_else_the_address_of_the_proxy():
    """Web starts first on the same network and takes the first address that is free."""
    (network,) = COMPOSE["networks"]["front"]["ipam"]["config"]
    proxy = ipaddress.ip_address(SERVICES["proxy"]["networks"]["front"]["ipv4_address"])

    assert proxy in ipaddress.ip_network(network["subnet"])
    assert ipaddress.ip_network(network["ip_range"]).subnet_of(ipaddress.ip_network(network["subnet"]))
    assert proxy not in ipaddress.ip_network(network["ip_range"])


def test_the_health_of_the_proxy_is_its_own():
    """It asks for what the proxy answers itself: the application would refuse the host name."""
    *options, address = SERVICES["proxy"]["healthcheck"]["test"]

    assert "curl" in options
    assert not [word for word in options if word.startswith("-") and "f" in word]
    assert f"location = {address.partition(':8443')[2]} {{ return 404; }}" in NGINX


def test_the_proxy_sends_private_files_from_where_the_application_keeps_them():
    environment = SERVICES["web"]["environment"]
    protected = re.search(r"location (\S+)/ \{\s+internal;\s+alias (\S+)/;", NGINX)

    assert protected is not None
    assert protected.groups() == (environment["DMI_MEDIA_ACCEL"], environment["DMI_MEDIA_ROOT"])
    assert f"media:{environment['DMI_MEDIA_ROOT']}:ro" in SERVICES["proxy"]["volumes"]
    assert f"media:{environment['DMI_MEDIA_ROOT']}" in SERVICES["worker"]["volumes"]


def test_the_proxy_takes_in_the_largest_file_the_casebook_does():
    from dmi.evidence.limits import Limits

    allowed = re.search(r"client_max_body_size (\d+)m;", NGINX)

    assert allowed is not None
    assert int(allowed[1]) * 1024 * 1024 > Limits().video_bytes


def test_workers_can_be_scaled_and_beat_cannot_be_doubled_by_accident():
    assert "container_name" not in SERVICES["worker"]
    assert "--scale worker=" in DOCS
    assert "Exactly one" in (ROOT / "docker-compose.yml").read_text()


def test_the_image_holds_every_package_of_the_project():
    image = (ROOT / "Dockerfile").read_text()
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}

    assert packages <= set(re.findall(r"^COPY (\w+) ", image, re.MULTILINE))
    assert "requirements.lock" in image
    assert "--require-hashes" in image


def test_the_image_collects_its_static_files_as_lint_does():
    assert "RUN python -m deploy.collect_static &&" in (ROOT / "Dockerfile").read_text()
    assert "in_production -m deploy.collect_static" in (ROOT / "script/test").read_text()


def test_static_files_are_readable_for_the_user_of_the_image(tmp_path):
    """They are collected by root; the modes of private files would keep the web process out."""
    ask = (
        "from django.contrib.staticfiles.storage import staticfiles_storage as kept\n"
        "print(oct(kept.file_permissions_mode), oct(kept.directory_permissions_mode))"
    )
    done = in_compose_settings(tmp_path, "-c", f"import django; django.setup()\n{ask}")

    assert done.stdout.split() == ["0o644", "0o755"], done.stderr
    assert "chmod -R a+rX ." in (ROOT / "Dockerfile").read_text()


def test_the_compose_file_starts_the_production_settings(tmp_path):
    done = in_compose_settings(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr


def in_compose_settings(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with what the compose file and the example tell the web service, secrets made up."""
    environment = {name: str(value) for name, value in SERVICES["web"]["environment"].items()} | example()
    contents = {"secret_key": secrets.token_urlsafe(64), "field_keys": "k1:" + "A" * 43 + "="}
    for name, value in environment.items():
        if name.endswith("_FILE"):
            secret = tmp_path / Path(value).name
            secret.write_text(contents.get(secret.name, "made-up"))
            secret.chmod(0o440)
            environment[name] = str(secret)
    environment["DMI_MEDIA_ROOT"] = str(tmp_path)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DMI_", "DJANGO_"))}

    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT, env=clean | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
