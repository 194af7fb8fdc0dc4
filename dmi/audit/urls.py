"""Routes of the audit log."""

from django.urls import path

from dmi.audit import views

app_name = "audit"
urlpatterns = [
    path("cases/<uuid:case_id>/audit/", views.log, name="log"),
    path("cases/<uuid:case_id>/audit/exports/", views.export_list, name="exports"),
    path("cases/<uuid:case_id>/audit/exports/ask/", views.ask_export, name="export-ask"),
    path("cases/<uuid:case_id>/audit/exports/<uuid:wish_id>/approve/", views.approve_export, name="export-approve"),
    path("cases/<uuid:case_id>/audit/exports/<uuid:wish_id>/file/", views.download_export, name="export-file"),
]
