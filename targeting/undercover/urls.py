from django.urls import URLPattern

app_name = "undercover"
urlpatterns: list[URLPattern] = []
