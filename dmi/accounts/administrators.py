"""The permissions of account administrators: what the admin site lists, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.db.models.signals import post_migrate, post_save
from django.dispatch import receiver

from dmi.accounts.models import User

if TYPE_CHECKING:
    from django.apps import AppConfig


ADMINISTRATORS = "Account administrators"


@receiver(post_save, sender=User)
def _keep_group(instance: User, raw: bool = False, **_: Any) -> None:
    """The mark "runs accounts and lists" and the group that carries its permissions go together."""
    if raw:
        return
    if instance.is_staff and instance.is_active:
        instance.groups.add(Group.objects.get_or_create(name=ADMINISTRATORS)[0])
    else:
        instance.groups.remove(*instance.groups.filter(name=ADMINISTRATORS))


@receiver(post_migrate)
def _keep_permissions(app_config: AppConfig, using: str, **_: Any) -> None:
    """After each app's tables exist, the group may view, add and change the models the admin site lists."""
    listed = [model for model in admin.site._registry if model._meta.app_config == app_config]
    if not listed:
        return
    create_permissions(app_config, verbosity=0, using=using)  # whichever receiver comes first
    group, _made = Group.objects.using(using).get_or_create(name=ADMINISTRATORS)
    for model in listed:
        kind = ContentType.objects.db_manager(using).get_for_model(model)
        rights = [f"{right}_{model._meta.model_name}" for right in ("view", "add", "change")]
        wanted = Q(codename__in=rights) | Q(codename="change_clearance")
        group.permissions.add(*Permission.objects.using(using).filter(wanted, content_type=kind))
