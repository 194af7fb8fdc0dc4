"""Routes of the review, under /cases/<case_id>/incident_review/."""

from django.urls import path

from targeting.incident_review.views import boards, files, sittings

app_name = "incident_review"
urlpatterns = [
    path("", boards.show_board, name="board"),
    path("queue/", sittings.show_queue, name="queue"),
    path("queue/<uuid:player_id>/", sittings.review_player, name="review"),
    path("sessions/start/", sittings.start_session, name="start-session"),
    path("sessions/<uuid:session_id>/", sittings.show_session, name="session"),
    path("sessions/<uuid:session_id>/close/", sittings.close_session, name="close-session"),
    path("people/<uuid:player_id>/", files.show_person, name="person"),
    path("people/<uuid:player_id>/contacts/add/", files.add_contact, name="add-contact"),
    path("people/<uuid:player_id>/intelligence/add/", files.add_intelligence, name="add-intelligence"),
    path("people/<uuid:player_id>/assess/", files.assess, name="assess"),
    path("people/<uuid:player_id>/charges/add/", files.add_charge, name="add-charge"),
    path("people/<uuid:player_id>/drop/", files.drop, name="drop"),
    path("people/<uuid:player_id>/reopen/", files.reopen, name="reopen"),
    path("people/<uuid:player_id>/recommend/", boards.recommend, name="recommend"),
    path("people/<uuid:player_id>/decide/", boards.decide, name="decide"),
    path("contacts/<uuid:contact_id>/edit/", files.edit_contact, name="edit-contact"),
    path("roster/", boards.show_roster, name="roster"),
    path("roster/freeze/", boards.freeze, name="freeze"),
    path("roster/<uuid:roster_id>/countersign/", boards.countersign, name="countersign"),
]
