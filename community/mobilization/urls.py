"""Routes of the engagement plan, under /cases/<case_id>/mobilization/."""

from django.urls import path

from community.mobilization import views

app_name = "mobilization"
urlpatterns = [
    path("", views.show_plan, name="plan"),
    path("add/", views.add_engagement, name="add-engagement"),
    path("<uuid:engagement_id>/", views.edit_engagement, name="edit-engagement"),
    path("<uuid:engagement_id>/done/", views.finish_engagement, name="finish-engagement"),
]
