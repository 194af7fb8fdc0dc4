"""Routes of the players list, under /cases/<case_id>/people/."""

from django.urls import path

from dmi.people import views

app_name = "people"
urlpatterns = [
    path("", views.list_players, name="list"),
    path("add/", views.name_player, name="add"),
    path("overdue/", views.list_overdue, name="overdue"),
    path("overdue/<uuid:player_id>/", views.renew, name="renew"),
    path("<uuid:player_id>/", views.show_player, name="player"),
    path("person/<uuid:person_id>/edit/", views.edit_person, name="edit"),
]
