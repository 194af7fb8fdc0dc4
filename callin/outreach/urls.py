"""Routes of families, visits and letters, under /cases/<case_id>/outreach/."""

from django.urls import path

from callin.outreach.views import families, letters, pages, safety, visits

app_name = "outreach"
urlpatterns = [
    path("", letters.show_letters, name="letters"),
    path("wording/", letters.edit_wording, name="wording"),
    path("wording/approve/", letters.approve_wording, name="approve-wording"),
    path("print/", letters.print_letters, name="print-letters"),
    path("letters/<uuid:letter_id>/delivery/", letters.record_delivery, name="delivery"),
    path("visits/", pages.show_visits, name="visits"),
    path("visits/print/", visits.print_visits, name="print-visits"),
    path("visits/<uuid:visit_id>/", visits.record_visit, name="record-visit"),
    path("players/<uuid:player_id>/", pages.show_player, name="player"),
    path("players/<uuid:player_id>/people/", families.add_influential, name="add-influential"),
    path("players/<uuid:player_id>/search/", families.record_search, name="record-search"),
    path("players/<uuid:player_id>/pair/", families.assign_pair, name="assign-pair"),
    path("players/<uuid:player_id>/release/", families.release_name, name="release-name"),
    path("people/<uuid:influential_id>/", families.edit_influential, name="edit-influential"),
    path("people/<uuid:influential_id>/remove/", families.remove_influential, name="remove-influential"),
    path("people/<uuid:influential_id>/safety/", safety.check_safety, name="check-safety"),
    path("people/<uuid:influential_id>/flag/", safety.raise_flag, name="raise-flag"),
    path("flags/<uuid:flag_id>/lift/", safety.lift_flag, name="lift-flag"),
    path("people/<uuid:influential_id>/visit/", visits.plan_visit, name="plan-visit"),
    path("people/<uuid:influential_id>/contact/", visits.record_follow_up, name="record-follow-up"),
    path("people/<uuid:influential_id>/need/", visits.promise_need, name="promise-need"),
    path("needs/<uuid:need_id>/met/", visits.meet_need, name="meet-need"),
]
