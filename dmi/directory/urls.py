from django.urls import path

from dmi.directory import views

app_name = "directory"
urlpatterns = [
    path("contacts/", views.list_contacts, name="list-contacts"),
    path("contacts/add/", views.add_contact, name="add-contact"),
    path("contacts/<uuid:contact_id>/", views.show_contact, name="show-contact"),
    path("contacts/<uuid:contact_id>/edit/", views.edit_contact, name="edit-contact"),
    path("organizations/", views.list_organisations, name="list-organisations"),
    path("organizations/add/", views.add_organisation, name="add-organisation"),
    path("organizations/<uuid:organisation_id>/", views.show_organisation, name="show-organisation"),
    path("organizations/<uuid:organisation_id>/edit/", views.edit_organisation, name="edit-organisation"),
    path("services/", views.list_services, name="list-services"),
    path("services/add/", views.add_service, name="add-service"),
    path("services/<uuid:service_id>/", views.show_service, name="show-service"),
    path("services/<uuid:service_id>/edit/", views.edit_service, name="edit-service"),
]
