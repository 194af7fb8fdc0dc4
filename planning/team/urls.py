"""Routes of the team, under /cases/<case_id>/team/."""

from django.urls import path

from planning.team.views import boards, people, prints, seats

app_name = "team"
urlpatterns = [
    path("", boards.show_board, name="board"),
    path("partners/add/", boards.add_partner, name="add-partner"),
    path("go/", boards.decide_go, name="decide-go"),
    path("protocol/", seats.show_protocol, name="show-protocol"),
    path("protocol/edit/", seats.edit_protocol, name="edit-protocol"),
    path("capacity/<slug:kind>/", seats.state_capacity, name="state-capacity"),
    path("seats/<slug:code>/", seats.show_seat, name="seat"),
    path("seats/<slug:code>/about/", seats.describe_seat, name="describe-seat"),
    path("seats/<slug:code>/records/add/", seats.add_record, name="add-record"),
    path("seats/<slug:code>/invite/", people.invite, name="invite"),
    path("seats/<slug:code>/handover/", prints.print_handover, name="print-handover"),
    path("people/<uuid:holder_id>/edit/", people.edit_holder, name="edit-holder"),
    path("people/<uuid:holder_id>/answer/", people.record_answer, name="record-answer"),
    path("people/<uuid:holder_id>/leaves/", people.record_departure, name="record-departure"),
    path("people/<uuid:holder_id>/commitment/", people.record_commitment, name="record-commitment"),
    path("people/<uuid:holder_id>/contact/", people.keep_contact, name="keep-contact"),
    path("people/<uuid:holder_id>/letter/", prints.print_letter, name="print-letter"),
    path("print/readiness/", prints.print_readiness, name="print-readiness"),
    path("print/roster/", prints.print_roster, name="print-roster"),
    path("print/protocol/", prints.print_protocol, name="print-protocol"),
]
