"""Routes of the case itself, from the list of markets down."""

from django.urls import path

from dmi.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.home, name="home"),
    path("cases/<uuid:case_id>/", views.overview, name="overview"),
    path("cases/<uuid:case_id>/to-do/", views.todo, name="todo"),
    path("cases/<uuid:case_id>/steps/<slug:station>/", views.station, name="station"),
    path("cases/<uuid:case_id>/elements/<str:element>/set-aside/", views.set_aside, name="set-aside"),
    path("cases/<uuid:case_id>/elements/<str:element>/take-back/", views.take_back, name="take-back"),
    path("cases/<uuid:case_id>/gates/", views.show_gates, name="gates"),
    path("cases/<uuid:case_id>/gates/<slug:gate>/", views.decide_gate, name="gate"),
    path("cases/<uuid:case_id>/policy/", views.team_policy, name="policy"),
    path("cases/<uuid:case_id>/call-in/", views.call_in, name="call-in"),
    path("cases/<uuid:case_id>/view-as/", views.view_as, name="view-as"),
    path("cases/<uuid:case_id>/who-may-see/", views.who_may_see, name="who-may-see"),
]
