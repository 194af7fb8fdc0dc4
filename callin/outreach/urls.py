"""Routes of the letters, under /cases/<case_id>/outreach/."""

from django.urls import path

from callin.outreach import views

app_name = "outreach"
urlpatterns = [
    path("", views.show_letters, name="letters"),
    path("wording/", views.edit_wording, name="wording"),
    path("wording/approve/", views.approve_wording, name="approve-wording"),
    path("print/", views.print_letters, name="print-letters"),
    path("letters/<uuid:letter_id>/delivery/", views.record_delivery, name="delivery"),
]
