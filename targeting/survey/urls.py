"""Routes of the survey, under /cases/<case_id>/survey/."""

from django.urls import path

from targeting.survey.views import answering, asking, duplicates, links, lists

app_name = "survey"
PAIR = "duplicates/<uuid:player_id>/<uuid:other_id>/"
urlpatterns = [
    path("", lists.show_dashboard, name="dashboard"),
    path("names/", lists.list_names, name="names"),
    path("names/print/", lists.print_names, name="print-names"),
    path("addresses/", lists.list_addresses, name="addresses"),
    path("addresses/print/", lists.print_addresses, name="print-addresses"),
    path("baseline/", lists.show_baseline, name="baseline"),
    path("forms/print/", lists.print_form, name="print-form"),
    path("asked/", asking.list_asks, name="campaign"),
    path("asked/add/", asking.add_asks, name="add-asks"),
    path("asked/<uuid:ask_id>/remind/", asking.remind, name="remind"),
    path("asked/<uuid:ask_id>/decline/", asking.decline, name="decline"),
    path("interviews/", answering.list_interviews, name="interviews"),
    path("interviews/add/", answering.record_interview, name="add-interview"),
    path("interviews/<uuid:interview_id>/", answering.show_interview, name="interview"),
    path("interviews/<uuid:interview_id>/name/", answering.name_in_interview, name="name-in-interview"),
    path("interviews/<uuid:interview_id>/address/", answering.mention_in_interview, name="mention-in-interview"),
    path("replies/", answering.list_replies, name="replies"),
    path("replies/add/", answering.hand_in_reply, name="add-reply"),
    path("replies/<uuid:reply_id>/", answering.show_reply, name="reply"),
    path("replies/<uuid:reply_id>/name/", answering.name_in_reply, name="name-in-reply"),
    path("replies/<uuid:reply_id>/address/", answering.mention_in_reply, name="mention-in-reply"),
    path("duplicates/", duplicates.list_pairs, name="duplicates"),
    path(PAIR, duplicates.show_pair, name="pair"),
    path(PAIR + "merge/", duplicates.merge, name="merge"),
    path(PAIR + "apart/", duplicates.tell_apart, name="tell-apart"),
    path("duplicates/merged/<uuid:merger_id>/undo/", duplicates.undo_merger, name="undo-merger"),
    path("links/", links.list_links, name="links"),
    path("links/add/", links.open_link, name="add-link"),
    path("links/<uuid:link_id>/", links.show_link, name="link"),
    path("links/<uuid:link_id>/close/", links.close_link, name="close-link"),
    path("links/<uuid:link_id>/print/", links.print_poster, name="print-poster"),
]
