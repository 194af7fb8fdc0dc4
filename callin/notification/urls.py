"""Routes of the call-in, under /cases/<case_id>/notification/."""

from django.urls import path

from callin.notification import views

app_name = "notification"
urlpatterns = [
    path("", views.show_binder, name="binder"),
    path("print/", views.print_binder, name="print-binder"),
    path("notebooks/<uuid:player_id>/", views.show_notebook, name="notebook"),
    path("notebooks/<uuid:player_id>/clear/", views.clear_notebook, name="clear-notebook"),
]
