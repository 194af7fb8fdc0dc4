from django.urls import path

from dmi.evidence import views

app_name = "evidence"
item = "cases/<uuid:case_id>/evidence/<uuid:item_id>/"
urlpatterns = [
    path("cases/<uuid:case_id>/evidence/", views.list_items, name="list-items"),
    path("cases/<uuid:case_id>/evidence/take-in/", views.take_in, name="take-in"),
    path(item, views.show_item, name="show-item"),
    path(f"{item}edit/", views.edit_item, name="edit-item"),
    path(f"{item}check/", views.check_item, name="check-item"),
    path(f"{item}release/", views.release_item, name="release-item"),
    path(f"{item}withhold/", views.withhold_item, name="withhold-item"),
    path(f"{item}send-back/", views.send_back_item, name="send-back-item"),
    path(f"{item}move/", views.move_item, name="move-item"),
    path(f"{item}verify/", views.verify_item, name="verify-item"),
    path(f"{item}still/", views.take_still, name="take-still"),
    path(f"{item}original/", views.open_original, name="open-original"),
    path(f"{item}copy/<slug:role>/", views.show_copy, name="show-copy"),
    path(f"{item}custody/", views.print_custody, name="print-custody"),
]
