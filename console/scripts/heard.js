// What pages gain where a browser runs scripts: GOV.UK's components, and drafts that are not lost. No page needs it.
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// A draft stays in this window until its form is sent. Another colleague who signs in here never sees it.
const owner = document.body.dataset.owner ?? "";
const place = (area) => `draft:${owner}:${area.dataset.draft}`;
const areas = (within) => within.querySelectorAll("textarea[data-draft]");

function restore(area) {
  const draft = sessionStorage.getItem(place(area));
  if (draft === null || area.value !== "") return;
  area.value = draft;
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

if (owner) {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith("draft:") && !key.startsWith(`draft:${owner}:`)) sessionStorage.removeItem(key);
  }
}
areas(document).forEach(restore);

document.addEventListener("input", ({ target }) => {
  if (!target.matches("textarea[data-draft]")) return;
  if (target.value === "") sessionStorage.removeItem(place(target));
  else sessionStorage.setItem(place(target), target.value);
});

document.addEventListener("submit", ({ target }) => {
  areas(target).forEach((area) => sessionStorage.removeItem(place(area)));
});

// The same for parts that come later.
document.addEventListener("htmx:load", ({ target }) => {
  if (target === document.body) return;
  initAll({ scope: target.parentElement });
  areas(target).forEach(restore);
});
