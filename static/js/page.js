// A form is sent once: its buttons rest until the answer comes. The server stops a double click as well.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});
const wrong = document.querySelector(".errors");
if (wrong) wrong.focus();
