"""Routes of the audit log."""

from django.urls import path

from dmi.audit import views, views_alarms

app_name = "audit"
urlpatterns = [
    path("cases/<uuid:case_id>/audit/", views.log, name="log"),
    path("cases/<uuid:case_id>/audit/exports/", views.export_list, name="exports"),
    path("cases/<uuid:case_id>/audit/exports/ask/", views.ask_export, name="export-ask"),
    path("cases/<uuid:case_id>/audit/exports/<uuid:wish_id>/approve/", views.approve_export, name="export-approve"),
    path("cases/<uuid:case_id>/audit/exports/<uuid:wish_id>/file/", views.download_export, name="export-file"),
    path("cases/<uuid:case_id>/audit/alarms/", views_alarms.list_alarms, name="alarms"),
    path("cases/<uuid:case_id>/audit/alarms/<uuid:alarm_id>/", views_alarms.acknowledge, name="alarm"),
]
