from django.urls import URLPattern

app_name = "notification"
urlpatterns: list[URLPattern] = []
