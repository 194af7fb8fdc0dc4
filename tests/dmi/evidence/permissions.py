"""Which right opens each page; compared with the views by the permission test."""

ROWS = [
    (
        "evidence:list-items",
        ("original_media.view", "cleared_media.view", "cleared_media.view_released", "custody.view"),
    ),
    ("evidence:take-in", ("custody.change",)),
    (
        "evidence:show-item",
        ("original_media.view", "cleared_media.view", "cleared_media.view_released", "custody.view"),
    ),
    ("evidence:edit-item", ("custody.change",)),
    ("evidence:check-item", ("act.check_media",)),
    ("evidence:release-item", ("act.release_media",)),
    ("evidence:withhold-item", ("act.check_media", "act.release_media")),
    ("evidence:send-back-item", ("act.check_media", "act.release_media")),
    ("evidence:move-item", ("custody.change",)),
    ("evidence:verify-item", ("custody.change", "act.release_media")),
    ("evidence:take-still", ("act.check_media", "custody.change")),
    ("evidence:open-original", ("original_media.view",)),
    ("evidence:show-copy", ("original_media.view", "cleared_media.view", "cleared_media.view_released")),
    ("evidence:print-custody", ("custody.print",)),
]
