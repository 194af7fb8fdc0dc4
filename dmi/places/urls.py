from django.urls import path

from dmi.places import views

app_name = "places"
urlpatterns = [
    path("", views.list_places, name="list-places"),
    path("add/", views.add_place, name="add-place"),
    path("<uuid:place_id>/", views.show_place, name="show-place"),
    path("<uuid:place_id>/edit/", views.edit_place, name="edit-place"),
]
