// Keys for going through many people: each one only presses or focuses something that is on the page anyway.
const OPINION = { a: "prosecute", b: "callin", h: "hold", d: "drop" };
const REVIEW = { k: "keep", d: "drop", m: "more" };
let here = -1;

function choose(form, field, value) {
  const box = form.querySelector(`input[name="${field}"][value="${value}"]`);
  if (!box) return false;
  box.checked = true;
  const reason = form.querySelector("textarea");
  (reason && !reason.value ? reason : box).focus();
  return true;
}

function walk(step) {
  const links = [...document.querySelectorAll(".brd tbody tr td:first-child a")];
  if (!links.length) return false;
  const selected = links.findIndex((link) => link.closest("tr").getAttribute("aria-selected"));
  const from = here < 0 ? selected : here;
  here = Math.min(Math.max(from + step, 0), links.length - 1);
  links[here].focus();
  return true;
}

function press(key) {
  const go = { j: "on", k: "back" }[key];
  const link = go && document.querySelector(`[data-go="${go}"]`);
  if (link) { link.click(); return true; }
  if (key === "enter" && document.activeElement === document.body) {
    const review = document.querySelector('[data-go="review"]');
    if (review) { review.click(); return true; }
  }
  const opinion = document.querySelector('form[data-keys="opinion"]');
  if (opinion && OPINION[key]) return choose(opinion, "choice", OPINION[key]);
  const review = document.querySelector('form[data-keys="review"]');
  if (review && REVIEW[key]) return choose(review, "outcome", REVIEW[key]);
  if (key === "j") return walk(1);
  return key === "k" && walk(-1);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])")) return;
  if (press(event.key.toLowerCase())) event.preventDefault();
});
// A click anywhere in a row opens it, as its link does.
document.addEventListener("click", (event) => {
  const row = event.target.closest(".brd tbody tr");
  if (row && !event.target.closest("a, button")) row.querySelector("td:first-child a")?.click();
});
