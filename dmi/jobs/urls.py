"""Routes of background work."""

from django.urls import path

from dmi.jobs import views

app_name = "jobs"
urlpatterns = [
    path("cases/<uuid:case_id>/jobs/", views.listing, name="list"),
    path("cases/<uuid:case_id>/jobs/<uuid:job_id>/", views.detail, name="detail"),
    path("cases/<uuid:case_id>/jobs/<uuid:job_id>/progress/", views.progress, name="progress"),
    path("cases/<uuid:case_id>/jobs/<uuid:job_id>/cancel/", views.cancel, name="cancel"),
    path("cases/<uuid:case_id>/jobs/<uuid:job_id>/retry/", views.retry, name="retry"),
    path("jobs/<uuid:job_id>/", views.own_detail, name="own-detail"),
    path("jobs/<uuid:job_id>/progress/", views.own_progress, name="own-progress"),
    path("jobs/<uuid:job_id>/cancel/", views.own_cancel, name="own-cancel"),
    path("jobs/<uuid:job_id>/retry/", views.own_retry, name="own-retry"),
]
