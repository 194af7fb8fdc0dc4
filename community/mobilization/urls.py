from django.urls import URLPattern

app_name = "mobilization"
urlpatterns: list[URLPattern] = []
