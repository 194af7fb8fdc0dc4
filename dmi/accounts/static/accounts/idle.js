// Empties the screen when the server says the sign-in has locked. The server decides; this only asks and obeys.
// A half-written form is handed to the lock page, which seals it and gives it back after the password.
(function () {
  "use strict";

  var settings = document.querySelector('meta[name="idle-lock"]');
  if (!settings) return;
  var pulse = settings.dataset.pulse;
  var lockPage = settings.dataset.lock;

  function plan(seconds) {
    window.setTimeout(ask, Math.max(1, seconds + 1) * 1000);
  }

  async function ask() {
    var left = 60;
    try {
      var answer = await fetch(pulse, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (answer.redirected || !answer.ok) return leave();
      left = (await answer.json()).left;
    } catch (offline) {
      return plan(left);
    }
    if (left > 0) return plan(left);
    leave();
  }

  function written() {
    return Array.prototype.find.call(document.forms, function (form) {
      return form.method === "post" && Array.prototype.some.call(form.elements, function (field) {
        return field.name && ["textarea", "text"].includes(field.type) && field.value !== field.defaultValue;
      });
    });
  }

  function note(form, name, value) {
    var field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }

  function leave() {
    var here = window.location.pathname + window.location.search;
    var form = written();
    if (!form) {
      document.body.replaceChildren();
      return window.location.replace(lockPage + "?next=" + encodeURIComponent(here));
    }
    note(form, "lock_from", here);
    note(form, "lock_to", form.getAttribute("action") || here);
    form.setAttribute("action", lockPage);
    HTMLFormElement.prototype.submit.call(form);
    document.body.replaceChildren();
  }

  plan(Number(settings.content));
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) window.location.reload();
  });
})();
