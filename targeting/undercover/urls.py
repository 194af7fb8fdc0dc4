"""Routes of step 4, under /cases/<case_id>/undercover/."""

from django.urls import path

from targeting.undercover import views

app_name = "undercover"
urlpatterns = [
    path("", views.show_cases, name="cases"),
    path("print/", views.print_readiness, name="print-readiness"),
    path("map/buys/", views.show_buy_points, name="buy-points"),
    path("activity/", views.show_observations, name="observations"),
    path("activity/add/", views.add_observation, name="add-observation"),
    path("activity/print/", views.print_activity, name="print-activity"),
    path("activity/<uuid:observation_id>/edit/", views.edit_observation, name="edit-observation"),
    path("operations/", views.show_operations, name="operations"),
    path("operations/add/", views.add_operation, name="add-operation"),
    path("operations/<uuid:operation_id>/", views.show_operation, name="operation"),
    path("operations/<uuid:operation_id>/edit/", views.edit_operation, name="edit-operation"),
    path("operations/<uuid:operation_id>/close/", views.close_operation, name="close-operation"),
    path("operations/<uuid:operation_id>/readers/", views.name_readers, name="name-readers"),
    path("operations/<uuid:operation_id>/buys/", views.link_buys, name="link-buys"),
    path("informants/", views.show_informant_buys, name="informant-buys"),
    path("informants/add/", views.add_informant_buy, name="add-informant-buy"),
    path("informants/look/", views.look_over, name="look-over"),
    path("informants/<uuid:buy_id>/", views.show_informant_buy, name="informant-buy"),
    path("informants/<uuid:buy_id>/edit/", views.edit_informant_buy, name="edit-informant-buy"),
    path("informants/<uuid:buy_id>/upload/", views.upload_informant, name="upload-informant"),
    path("informants/<uuid:buy_id>/print/", views.print_informant_buy, name="print-informant-buy"),
    path("evidence/<uuid:item_id>/custody/", views.print_custody, name="print-custody"),
    path("buys/<uuid:buy_id>/", views.show_buy, name="buy"),
    path("buys/<uuid:buy_id>/edit/", views.edit_buy, name="edit-buy"),
    path("buys/<uuid:buy_id>/attach/", views.attach, name="attach"),
    path("buys/<uuid:buy_id>/upload/", views.upload, name="upload"),
    path("buys/<uuid:buy_id>/print/", views.print_buy, name="print-buy"),
    path("<uuid:player_id>/", views.show_player, name="player"),
    path("<uuid:player_id>/buys/add/", views.add_buy, name="add-buy"),
    path("<uuid:player_id>/charges/", views.edit_charge_page, name="charge-page"),
    path("<uuid:player_id>/ready/", views.mark_ready, name="mark-ready"),
    path("<uuid:player_id>/not-ready/", views.take_word_back, name="take-word-back"),
]
