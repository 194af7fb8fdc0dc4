from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "dmi.directory"
    label = "directory"
    verbose_name = "Directory"
