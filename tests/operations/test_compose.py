"""What the compose file promises about secrets, users, queues and health."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
LASTING = {name: service for name, service in SERVICES.items() if name != "migrate"}


def _knows(service: dict[str, Any]) -> set[str]:
    return set(service.get("environment", {})) | set(service.get("secrets", []))


def test_every_part_is_there() -> None:
    parts = {"web", "worker-default", "worker-grading", "worker-llm", "dispatcher", "migrate"}

    assert set(SERVICES) == parts | {"db", "broker"}


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_runs_as_root(name: str) -> None:
    assert SERVICES[name]["user"] not in {"root", "0", "0:0"}


@pytest.mark.parametrize("name", OURS)
def test_our_parts_hold_no_rights_and_write_nowhere_but_where_they_must(name: str) -> None:
    service = OURS[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert not any("docker.sock" in volume for volume in service.get("volumes", []))


def test_the_grader_knows_no_model_key_no_mail_password_and_no_way_out() -> None:
    grader = SERVICES["worker-grading"]

    assert not {name for name in _knows(grader) if "llm" in name.lower() or "email" in name.lower()}
    assert grader["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_one_part_alone_knows_the_key_of_the_model() -> None:
    knowing = {name for name, service in SERVICES.items() if "llm_api_key" in _knows(service)}

    assert knowing == {"worker-llm"}


def test_the_vault_of_organisations_keys_opens_where_they_are_set_and_used() -> None:
    knowing = {name for name, service in SERVICES.items() if "llm_vault_key" in _knows(service)}

    assert knowing == {"web", "worker-llm"}


def test_no_secret_stands_in_the_file() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if name.endswith(("_KEY", "PASSWORD", "DATABASE_URL", "EMAIL_URL")):
                pytest.fail(f"{name} is given as {value}; give a file")
    assert {Path(secret["file"]).parent for secret in COMPOSE["secrets"].values()} == {
        Path("secrets")
    }


@pytest.mark.parametrize("name", LASTING)
def test_every_lasting_part_is_watched_and_has_time_to_end(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert int(SERVICES[name]["stop_grace_period"].rstrip("s")) >= 20


def test_work_is_supervised_by_progress() -> None:
    for queue in ("default", "grading", "llm"):
        command = SERVICES[f"worker-{queue}"]["command"]
        assert command[:4] == ["python", "manage.py", "supervise", queue]


def test_graders_can_be_many() -> None:
    assert SERVICES["worker-grading"]["deploy"]["replicas"] >= 2
    assert "container_name" not in SERVICES["worker-grading"]


def test_the_queue_outlives_the_broker_and_is_never_dropped() -> None:
    command = SERVICES["broker"]["command"]

    assert command[command.index("--appendonly") + 1] == "yes"
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"
    assert SERVICES["broker"]["volumes"] == ["queue:/data"]


def test_the_tables_are_made_before_anything_serves() -> None:
    for name in set(OURS) - {"migrate"}:
        needs = OURS[name]["depends_on"]
        assert needs["migrate"] == {"condition": "service_completed_successfully"}


def test_neither_database_nor_broker_can_be_reached_from_outside() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"web"}


@pytest.mark.skipif(shutil.which("docker-compose") is None, reason="docker-compose isn't installed")
def test_compose_itself_accepts_the_file(tmp_path: Path) -> None:
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)

    checked = subprocess.run(
        ["docker-compose", "config", "-q"],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert checked.returncode == 0, checked.stderr
