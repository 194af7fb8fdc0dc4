"""Routes of crime mapping, under /cases/<case_id>/crime_mapping/."""

from django.urls import path

from targeting.crime_mapping.views import areas, evaluation, imports, periods, places, sheets, sources, tiles, workbench

app_name = "crime_mapping"
urlpatterns = [
    # the map and what it draws
    path("", workbench.show_map, name="map"),
    path("ground/", workbench.ground_data, name="ground"),
    path("surface/", workbench.surface_data, name="surface"),
    path("drawn/", workbench.drawn_map, name="drawn-map"),
    path("points/<int:zoom>/<int:x>/<int:y>/", tiles.show_points, name="points"),
    path("concentrations/", sheets.show_concentrations, name="concentrations"),
    path("near-repeats/", sheets.show_repeats, name="near-repeats"),
    path("before-after/", periods.show_pair, name="before-after"),
    path("before-after/data/", periods.pair_data, name="before-after-data"),
    path("before-after/drawn/<slug:which>/", periods.drawn_pair, name="before-after-drawn"),
    # areas
    path("areas/", areas.list_areas, name="areas"),
    path("areas/preview/", areas.preview_area, name="area-preview"),
    path("areas/new/<slug:kind>/", areas.draw_area, name="area-new"),
    path("areas/<uuid:area_id>/", areas.show_area, name="area"),
    path("areas/<uuid:area_id>/edit/", areas.edit_area, name="area-edit"),
    path("areas/<uuid:area_id>/adopt/", areas.adopt_area, name="area-adopt"),
    path("areas/<uuid:area_id>/sign/", areas.sign_area, name="area-sign"),
    path("areas/<uuid:area_id>/discard/", areas.discard_area, name="area-discard"),
    # evaluation
    path("evaluation/", evaluation.show_plan, name="evaluation"),
    path("evaluation/edit/", evaluation.edit_plan, name="evaluation-edit"),
    path("evaluation/compare/", evaluation.choose_comparison, name="evaluation-compare"),
    path("evaluation/decide/", evaluation.decide_plan, name="evaluation-decide"),
    # paper
    path("print/map/", sheets.print_map, name="print-map"),
    path("print/before-after/", periods.print_pair, name="print-before-after"),
    path("print/report/", sheets.print_report, name="print-report"),
    path("print/points/", sheets.print_points, name="print-points"),
    path("print/concentrations/", sheets.print_concentrations, name="print-concentrations"),
    path("print/evaluation/", sheets.print_plan, name="print-evaluation"),
    path("print/areas/<uuid:area_id>/", sheets.print_area, name="print-area"),
    # sources, codes, boundaries
    path("sources/", sources.list_sources, name="sources"),
    path("sources/add/", sources.add_source, name="source-add"),
    path("sources/<uuid:source_id>/edit/", sources.edit_source, name="source-edit"),
    path("sources/<uuid:source_id>/assess/", sources.assess_source, name="source-assess"),
    path("sources/<uuid:source_id>/import/", imports.send_file, name="send-file"),
    path("codes/", sources.list_codes, name="codes"),
    path("codes/match/", sources.match_code, name="code-match"),
    path("codes/<uuid:code_id>/unmatch/", sources.unmatch_code, name="code-unmatch"),
    path("boundaries/", sources.show_boundaries, name="boundaries"),
    # doubtful places
    path("places/", places.list_places, name="places"),
    path("places/decide/", places.decide_place, name="place-decide"),
    path("places/<uuid:decision_id>/look-again/", places.look_again, name="place-look-again"),
    # imports
    path("imports/", imports.list_imports, name="imports"),
    path("imports/<uuid:batch_id>/", imports.show_import, name="import"),
    path("imports/<uuid:batch_id>/columns/", imports.match_columns, name="import-columns"),
    path("imports/<uuid:batch_id>/fix/", imports.choose_fix, name="import-fix"),
    path("imports/<uuid:batch_id>/start/", imports.start_import, name="import-start"),
    path("imports/<uuid:batch_id>/undo/", imports.undo_import, name="import-undo"),
    path("imports/<uuid:batch_id>/throw-away/", imports.throw_away, name="import-throw-away"),
    path("imports/<uuid:batch_id>/rows/", imports.take_rows, name="import-rows"),
]
