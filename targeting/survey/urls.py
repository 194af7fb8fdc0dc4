"""Routes of the survey, under /cases/<case_id>/survey/."""

from django.urls import path

from targeting.survey import views

app_name = "survey"
urlpatterns = [
    path("", views.show_dashboard, name="dashboard"),
    path("interviews/", views.list_interviews, name="interviews"),
    path("interviews/add/", views.record_interview, name="add-interview"),
    path("interviews/<uuid:interview_id>/", views.show_interview, name="interview"),
    path("interviews/<uuid:interview_id>/name/", views.name_in_interview, name="name-in-interview"),
    path("replies/", views.list_replies, name="replies"),
    path("replies/add/", views.hand_in_reply, name="add-reply"),
    path("replies/<uuid:reply_id>/", views.show_reply, name="reply"),
    path("replies/<uuid:reply_id>/name/", views.name_in_reply, name="name-in-reply"),
]
