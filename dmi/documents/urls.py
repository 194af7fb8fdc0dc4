"""Routes of documents, print runs and the register of copies, under /cases/<case_id>/documents/."""

from django.urls import path

from dmi.documents.views import copies, files, lists

app_name = "documents"
urlpatterns = [
    path("", lists.list_documents, name="list"),
    path("runs/", lists.list_runs, name="runs"),
    path("copies/", copies.list_copies, name="copies"),
    path("copies/<uuid:copy_id>/", copies.show_copy, name="copy"),
    path("copies/<uuid:copy_id>/<slug:to>/", copies.move_copy, name="move-copy"),
    path("runs/<uuid:run_id>/", files.show_run, name="run"),
    path("runs/<uuid:run_id>/progress/", files.run_progress, name="run-progress"),
    path("runs/<uuid:run_id>/pdf/", files.download_run, name="download-run"),
    path("runs/<uuid:run_id>/approve/", files.approve_run, name="approve-run"),
    path("runs/<uuid:run_id>/again/", files.run_again, name="run-again"),
    path("runs/<uuid:run_id>/withdraw/", files.withdraw_run, name="withdraw-run"),
    path("<uuid:document_id>/", files.show_document, name="document"),
    path("<uuid:document_id>/pdf/", files.download_document, name="download"),
    path("<uuid:document_id>/approve/", files.approve_document, name="approve"),
    path("<uuid:document_id>/again/", files.issue_again, name="again"),
    path("<uuid:document_id>/withdraw/", files.withdraw_document, name="withdraw"),
]
