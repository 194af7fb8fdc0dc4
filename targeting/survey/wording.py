"""What the public page says, in English and Spanish. It promises nothing the casebook does not keep."""

from __future__ import annotations

LANGUAGES = ("en", "es")
ENGLISH = {
    "title": "What do you see on your block?",
    "screen": "screen {number} of {total}",
    "lead": "A few short screens. Leave out whatever you like. You do not need to name anyone.",
    "next": "Next",
    "back": "Back",
    "send": "Send my answers",
    "last_title": "Do you want us to be able to reach you?",
    "last_lead": "You can leave this empty. Most people do.",
    "nothing": "You have not answered anything yet. Go back and answer at least one question.",
    "who_title": "Who sees this",
    "who": (
        "Police officers, prosecutors and the coordinator of the team in {market} read what you write. They are not "
        "told who wrote it: you sign in nowhere, and your phone’s address is not kept with your answers. The research "
        "partner sees totals only. So please do not write your own name in an answer."
    ),
    "contact": (
        "A name or number on this screen is locked away apart from your answers. Nobody on the team reads it in daily "
        "work. It is opened only when the privacy officer and a second person agree that it must be."
    ),
    "danger": "Is somebody in danger now? Call 911. Nobody watches this page.",
    "thanks_title": "Thank you",
    "thanks": "Your answers have reached the team. You can close this page now.",
    "erase": "If others use this phone, you may want to erase this page from the browser’s history.",
    "closed_title": "This link no longer works",
    "closed": "It has run out or was closed. Ask whoever gave it to you for a new one, or come to the next meeting.",
    "often_title": "Too many answers for today",
    "often": (
        "This link or this connection has been used many times today, so nothing more is taken until tomorrow. "
        "What you wrote was not sent. You can also hand in a paper form at the next meeting."
    ),
    "wrong": "Please look at the marked answer again.",
    "other": "Español",
    "invented": "Invented market for trying the casebook. No person, place or event here is real.",
}
SPANISH = {
    "title": "¿Qué ve usted en su cuadra?",
    "screen": "pantalla {number} de {total}",
    "lead": "Unas pocas pantallas cortas. Deje sin contestar lo que quiera. No tiene que dar el nombre de nadie.",
    "next": "Siguiente",
    "back": "Atrás",
    "send": "Enviar mis respuestas",
    "last_title": "¿Quiere que podamos comunicarnos con usted?",
    "last_lead": "Puede dejarlo vacío. La mayoría lo hace.",
    "nothing": "Todavía no ha contestado nada. Vuelva atrás y conteste al menos una pregunta.",
    "who_title": "Quién ve esto",
    "who": (
        "Los policías, los fiscales y la coordinación del equipo en {market} leen lo que usted escribe. No se les dice "
        "quién lo escribió: aquí no se registra, y la dirección de su teléfono no se guarda con sus respuestas. Los "
        "investigadores ven solo totales. Por favor, no escriba su propio nombre en una respuesta."
    ),
    "contact": (
        "Un nombre o número en esta pantalla se guarda bajo llave, aparte de sus respuestas. Nadie del equipo lo lee "
        "en el trabajo diario. Solo se abre si el encargado de privacidad y otra persona deciden que es necesario."
    ),
    "danger": "¿Hay alguien en peligro ahora? Llame al 911. Nadie vigila esta página.",
    "thanks_title": "Gracias",
    "thanks": "Sus respuestas llegaron al equipo. Ya puede cerrar esta página.",
    "erase": "Si otras personas usan este teléfono, puede borrar esta página del historial del navegador.",
    "closed_title": "Este enlace ya no funciona",
    "closed": "Se venció o se cerró. Pida uno nuevo a quien se lo dio, o venga a la próxima reunión.",
    "often_title": "Demasiadas respuestas por hoy",
    "often": (
        "Este enlace o esta conexión se usó muchas veces hoy, así que no se recibe nada más hasta mañana. Lo que "
        "escribió no se envió. También puede entregar un formulario en papel en la próxima reunión."
    ),
    "wrong": "Por favor, revise la respuesta marcada.",
    "other": "English",
    "invented": "Mercado inventado para probar el sistema. Ninguna persona, lugar o hecho es real.",
}


def say(language: str, *, market: str) -> dict[str, str]:
    """The words of the page in that language, with the market's name where it belongs."""
    words = dict(SPANISH if language == "es" else ENGLISH)
    words["who"] = words["who"].format(market=market)
    return words
