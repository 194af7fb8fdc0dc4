// A form is sent once: its buttons rest until the answer comes. The server stops a double click as well.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post" || event.submitter?.formMethod === "dialog") return;
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});
const wrong = document.querySelector(".errors");
if (wrong) wrong.focus();
// A link that asks first opens its question here; without this script it leads to the same question as a page.
document.addEventListener("click", (event) => {
  const asks = event.target.closest("[data-dialog]");
  if (!asks || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  document.getElementById(asks.dataset.dialog).showModal();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
document.addEventListener("htmx:afterRequest", (event) => delete event.target.dataset?.sent);
// A part that could not be fetched says so in the live region; a form that needs another look (422) is shown again.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
});
function say(words) {
  const line = document.createElement("p");
  line.className = "toast toast--error";
  line.textContent = words;
  document.getElementById("toasts").replaceChildren(line);
}
document.addEventListener("htmx:sendError", () => say("No connection. Nothing was sent; try again."));
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 403) say("Your seat may not do this, or the page was open too long. Reload it.");
  else say("That did not work. Reload the page and try again.");
});
