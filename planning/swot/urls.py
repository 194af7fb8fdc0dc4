"""Routes of the SWOT analysis, under /cases/<case_id>/swot/."""

from django.urls import path

from planning.swot.views import boards, items, responses

app_name = "swot"
urlpatterns = [
    path("", boards.show_board, name="board"),
    path("register/", boards.show_register, name="register"),
    path("lock/", boards.lock, name="lock"),
    path("next/", boards.open_next, name="open-next"),
    path("inventories/<int:number>/", boards.show_inventory, name="inventory"),
    path("print/", boards.print_board, name="print-board"),
    path("register/print/", boards.print_register, name="print-register"),
    path("items/add/", items.add_item, name="add-item"),
    path("items/<uuid:item_id>/edit/", items.edit_item, name="edit-item"),
    path("items/<uuid:item_id>/remove/", items.remove_item, name="remove-item"),
    path("items/<uuid:item_id>/put-back/", items.put_back, name="put-back"),
    path("items/<uuid:item_id>/weigh/", items.weigh, name="weigh"),
    path("items/<uuid:item_id>/responses/add/", responses.plan_response, name="plan-response"),
    path("items/<uuid:item_id>/risk/", responses.accept_risk, name="accept-risk"),
    path("responses/<uuid:response_id>/edit/", responses.edit_response, name="edit-response"),
    path("responses/<uuid:response_id>/done/", responses.finish_response, name="finish-response"),
    path("prompts/<slug:prompt>/", responses.answer_prompt, name="answer-prompt"),
]
