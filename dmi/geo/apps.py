from django.apps import AppConfig


class GeoConfig(AppConfig):
    name = "dmi.geo"
    label = "geo"
    verbose_name = "Maps and areas"
