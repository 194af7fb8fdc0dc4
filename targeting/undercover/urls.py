"""Routes of step 4, under /cases/<case_id>/undercover/."""

from django.urls import path

from targeting.undercover import views

app_name = "undercover"
urlpatterns = [
    path("", views.show_cases, name="cases"),
    path("informants/", views.show_informant_buys, name="informant-buys"),
    path("informants/add/", views.add_informant_buy, name="add-informant-buy"),
    path("buys/<uuid:buy_id>/edit/", views.edit_buy, name="edit-buy"),
    path("buys/<uuid:buy_id>/attach/", views.attach, name="attach"),
    path("<uuid:player_id>/", views.show_player, name="player"),
    path("<uuid:player_id>/buys/add/", views.add_buy, name="add-buy"),
    path("<uuid:player_id>/charges/", views.edit_charge_page, name="charge-page"),
    path("<uuid:player_id>/ready/", views.mark_ready, name="mark-ready"),
]
