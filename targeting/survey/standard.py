"""The question sets a new casebook starts with. Administrators make later versions; codes keep their meaning.

A row is code, kind, screen, words, words in Spanish, then what else the question has.
"""

from __future__ import annotations

from typing import Any

Row = tuple[str, str, int, str, str, dict[str, Any]]

HOURS = (
    "morning | Mornings | Por la mañana\nafternoon | Afternoons | Por la tarde\n"
    "evening | Evenings | Al anochecer\nnight | Late at night | Tarde en la noche"
)
OFTEN = (
    "daily | Every day | Todos los días\nweekly | Every week | Cada semana\nless | Less often | Con menos frecuencia\n"
    "never | Not that I saw | No que yo haya visto"
)
WEAPONS = "none | None known\nseen | Weapons seen\nused | Weapons used\nfights | Fights and robberies"
SUPERVISED = "none | Nobody\nfew | One to five\nmore | More than five"
TRUSTED = (
    "family | Family | La familia\nchurch | A church or its leaders | Una iglesia o sus líderes\n"
    "neighbor | A neighbor | Un vecino o una vecina\nschool | A teacher or coach | Un maestro o entrenador\n"
    "police | A police officer | Un policía\nnobody | Nobody | Nadie"
)

STREET: tuple[Row, ...] = (
    ("places", "text", 1, "Where are drugs sold on your beat?", "", {"hint": "House numbers, corners, stores."}),
    ("hours", "many", 1, "When is it busiest?", "", {"choices": HOURS}),
    ("product", "line", 1, "What is sold, and how is it paid?", "", {}),
    (
        "sellers",
        "text",
        1,
        "Who sells there now?",
        "",
        {"hint": "Names go into a list of their own, one person a line."},
    ),
    ("violence", "many", 1, "What violence comes with it?", "", {"choices": WEAPONS}),
    ("known", "text", 1, "How do you know?", "", {"hint": "Seen yourself, reports, arrests, people who told you."}),
    ("others", "text", 1, "What else should the team know?", "", {}),
)
PROBATION: tuple[Row, ...] = (
    ("supervised", "one", 1, "How many people you supervise deal in this market?", "", {"choices": SUPERVISED}),
    ("places", "text", 1, "Where do they live, and where do they sell?", "", {}),
    ("violence", "many", 1, "What violence comes with it?", "", {"choices": WEAPONS}),
    (
        "conditions",
        "text",
        1,
        "Which conditions or dates would matter to the team?",
        "",
        {"hint": "Terms, next appointments, end of supervision. No treatment or health facts."},
    ),
    ("others", "text", 1, "Who has left dealing, and what helped?", "", {}),
)
VICE: tuple[Row, ...] = (
    ("places", "text", 1, "From which addresses is the market supplied?", "", {}),
    ("product", "line", 1, "What is sold, and what has changed?", "", {}),
    ("sellers", "text", 1, "Who sells, and who stands behind them?", "",
     {"hint": "Names go into a list of their own, one person a line. Never write who told you."}),
    ("violence", "many", 1, "What violence comes with it?", "", {"choices": WEAPONS}),
    ("open", "yes_no", 1, "Is a case open that the team must not cross?", "",
     {"hint": "Yes or no is enough here; the rest goes to the narcotics supervisor."}),
    ("others", "text", 1, "What else should the team know?", "", {}),
)  # fmt: skip
COMMUNITY: tuple[Row, ...] = (
    ("places", "line", 1, "Where do you see drugs being sold?", "¿Dónde ve que se venden drogas?",
     {"hint": "A corner, a building, a store. You do not need to name anyone.",
      "hint_es": "Una esquina, un edificio, una tienda. No tiene que dar nombres."}),
    ("hours", "many", 1, "When is it worst?", "¿Cuándo es peor?", {"choices": HOURS}),
    ("often", "one", 1, "How often do you see it?", "¿Con qué frecuencia lo ve?", {"choices": OFTEN}),
    ("safe_day", "safe", 2, "How safe do you feel outside on your block in the daytime?",
     "¿Qué tan seguro se siente afuera, en su cuadra, de día?", {"topic": "fear"}),
    ("safe_night", "safe", 2, "And after dark?", "¿Y de noche?", {"topic": "fear"}),
    ("fears", "text", 2, "What do you no longer do because of the drug selling?",
     "¿Qué ha dejado de hacer por la venta de drogas?", {}),
    ("respect", "agree", 3, "Police here treat people with respect.",
     "La policía de aquí trata a la gente con respeto.",
     {"topic": "justice"}),
    ("voice", "agree", 3, "Police here listen before they decide.",
     "La policía de aquí escucha antes de decidir.", {"topic": "justice"}),
    ("neutral", "agree", 3, "Police here treat everybody by the same rules.",
     "La policía de aquí trata a todos con las mismas reglas.", {"topic": "justice"}),
    ("motives", "agree", 3, "Police here want what is good for this neighborhood.",
     "La policía de aquí quiere lo mejor para este barrio.", {"topic": "justice"}),
    ("would_call", "yes_no", 3, "Would you call the police about drug selling?",
     "¿Llamaría a la policía por la venta de drogas?", {"topic": "justice"}),
    ("heard", "yes_no", 4, "Have you heard of the effort to close the drug market here?",
     "¿Ha oído hablar del esfuerzo por cerrar el mercado de drogas aquí?", {"topic": "awareness"}),
    ("second_chance", "agree", 4, "People who stop dealing should get help and a second chance.",
     "Quien deja de vender debe recibir ayuda y otra oportunidad.", {"topic": "awareness"}),
    ("trust", "many", 4, "Whom do people here trust and listen to?", "¿En quién confía la gente de aquí?",
     {"choices": TRUSTED}),
    ("who", "text", 5, "Anything else we should know?", "¿Algo más que debamos saber?",
     {"hint": "Leave this empty if you like. You do not have to name anyone, and do not write your own name here.",
      "hint_es": "Puede dejarlo vacío. No tiene que nombrar a nadie; no escriba aquí su propio nombre."}),
)  # fmt: skip
SETS: dict[str, tuple[Row, ...]] = {"street": STREET, "probation": PROBATION, "vice": VICE, "community": COMMUNITY}
