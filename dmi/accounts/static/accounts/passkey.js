// Passkeys: asks the browser for a credential and sends it with the form "passkey-form".
// The page names the act: "login" fetches its options, "authenticate" and "add" find them in the page.
(function () {
  "use strict";

  var act = document.getElementById("passkey-script").dataset.act;
  var form = document.getElementById("passkey-form");
  var button = document.getElementById("passkey-" + act);
  var trouble = document.getElementById("passkey-trouble");

  function optionsInPage() {
    return JSON.parse(document.getElementById("passkey-data").textContent);
  }

  async function optionsFromServer() {
    var answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return answer.json();
  }

  async function create() {
    var options = optionsInPage().creation_options;
    var passwordless = form.elements.passwordless;
    var wanted = options.publicKey.authenticatorSelection;
    if (passwordless) {
      wanted.residentKey = passwordless.checked ? "required" : "discouraged";
      wanted.requireResidentKey = passwordless.checked;
      if (passwordless.checked) wanted.userVerification = "required";
    }
    return window.webauthnJSON.create(options);
  }

  async function get() {
    var data = act === "login" ? await optionsFromServer() : optionsInPage();
    return window.webauthnJSON.get(data.request_options);
  }

  button.addEventListener("click", async function () {
    trouble.hidden = true;
    if (!form.reportValidity()) return;
    try {
      var credential = await (act === "add" ? create() : get());
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      trouble.hidden = false;
    }
  });
})();
