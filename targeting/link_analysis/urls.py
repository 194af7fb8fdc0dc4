"""Routes of link analysis, under /cases/<case_id>/link_analysis/."""

from django.urls import path

from targeting.link_analysis.views import charts, edits, files

app_name = "link_analysis"
urlpatterns = [
    path("", charts.show_chart, name="chart"),
    path("way/", charts.show_way, name="way"),
    path("groups/", charts.show_groups, name="groups"),
    path("waiting/", edits.show_waiting, name="waiting"),
    path("removed/", edits.show_removed, name="removed"),
    path("arrange/", edits.arrange, name="arrange"),
    path("entities/add/", edits.add_entity, name="add-entity"),
    path("entities/<uuid:entity_id>/", charts.show_entity, name="entity"),
    path("entities/<uuid:entity_id>/edit/", edits.edit_entity, name="edit-entity"),
    path("entities/<uuid:entity_id>/remove/", edits.remove_entity, name="remove-entity"),
    path("entities/<uuid:entity_id>/put-back/", edits.put_back_entity, name="put-back-entity"),
    path("entities/<uuid:entity_id>/approve/", edits.approve_person, name="approve-person"),
    path("links/add/", edits.add_link, name="add-link"),
    path("links/<uuid:link_id>/edit/", edits.edit_link, name="edit-link"),
    path("links/<uuid:link_id>/remove/", edits.remove_link, name="remove-link"),
    path("links/<uuid:link_id>/put-back/", edits.put_back_link, name="put-back-link"),
    path("import/", files.import_file, name="import"),
    path("import/<uuid:batch_id>/", files.show_check, name="check"),
    path("import/<uuid:batch_id>/commit/", files.commit_import, name="commit-import"),
    path("import/<uuid:batch_id>/undo/", files.undo_import, name="undo-import"),
    path("print/", files.print_chart, name="print"),
]
