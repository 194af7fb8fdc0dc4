from django.urls import URLPattern

app_name = "crime_mapping"
urlpatterns: list[URLPattern] = []
