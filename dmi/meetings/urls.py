from django.urls import path

from dmi.meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.list_meetings, name="list-meetings"),
    path("add/", views.add_meeting, name="add-meeting"),
    path("<uuid:meeting_id>/", views.show_meeting, name="show-meeting"),
    path("<uuid:meeting_id>/edit/", views.edit_meeting, name="edit-meeting"),
    path("<uuid:meeting_id>/minutes/", views.record_minutes, name="record-minutes"),
    path("<uuid:meeting_id>/decisions/", views.add_decision, name="add-decision"),
    path("<uuid:meeting_id>/tasks/", views.add_task, name="add-task"),
    path("<uuid:meeting_id>/calendar/", views.take_calendar, name="take-calendar"),
    path("<uuid:meeting_id>/print/", views.print_meeting, name="print-meeting"),
    path("tasks/<uuid:task_id>/done/", views.finish_task, name="finish-task"),
    path("tasks/<uuid:task_id>/open/", views.reopen_task, name="reopen-task"),
]
