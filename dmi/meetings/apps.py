from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "dmi.meetings"
    label = "meetings"
    verbose_name = "Meetings"
