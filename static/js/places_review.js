// Doubtful places by keyboard: J and K move from address to address, A accepts, U leaves one without a location.
// Without this script the same is done with the form of each row.
const table = document.querySelector("[data-places]");
const choices = table ? [...table.querySelectorAll("select[name=choice]")] : [];
function here() {
  const row = document.activeElement?.closest("tr");
  return choices.findIndex((choice) => choice.closest("tr") === row);
}
function decide(choice, value) {
  choice.value = value;
  choice.form.requestSubmit();
}
document.addEventListener("keydown", (event) => {
  if (!choices.length || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea")) return;
  const at = here();
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    event.preventDefault();
    const next = key === "j" ? at + 1 : Math.max(at - 1, 0);
    choices[Math.min(next, choices.length - 1)].focus();
  } else if (at >= 0 && (key === "a" || key === "u")) {
    event.preventDefault();
    decide(choices[at], key === "a" ? "accepted" : "unlocated");
  }
});
if (choices.length && document.querySelector("#toasts .toast, .toast")) choices[0].focus();
