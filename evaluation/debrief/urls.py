from django.urls import URLPattern

app_name = "debrief"
urlpatterns: list[URLPattern] = []
