from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "dmi.places"
    label = "places"
    verbose_name = "Places"
