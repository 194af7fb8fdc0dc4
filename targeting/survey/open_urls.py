"""The one page of the survey outside any case and any account, under /answer/."""

from django.urls import path

from targeting.survey.views import public

app_name = "answer"
urlpatterns = [
    path("answer/<str:token>/", public.answer, name="page"),
    path("answer/<str:token>/thanks/", public.thank, name="thanks"),
]
