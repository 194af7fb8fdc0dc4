from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "dmi.people"
    label = "people"
    verbose_name = "People"
