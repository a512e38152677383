// Makes the page live: forms are sent in place, and what others and time have done appears by itself.
"use strict";

const REFRESH_MILLISECONDS = 3000;
const TROUBLE = "That did not arrive. Please try again.";

const trouble = document.getElementById("trouble");
let turn = Promise.resolve(); // one exchange at a time, so that no older page overtakes a newer one
let waiting = 0;

const inTurn = (work) => {
  waiting += 1;
  turn = turn.then(work).finally(() => { waiting -= 1; });
  return turn;
};

const fetchPage = async (address, options) => {
  const answer = await fetch(address, { cache: "no-store", ...options });
  if (!answer.ok) throw new Error(`the answer was ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

// What is the same stays, so that a screen reader reads only what is new and the focus is not lost.
const bringUpToDate = (old, fresh) => {
  const before = [...old.children];
  const after = [...fresh.children];
  const differs = (child, place) => !after[place] || !child.isEqualNode(after[place]);
  const found = before.findIndex(differs);
  const same = found < 0 ? before.length : found;
  before.slice(same).forEach((child) => child.remove());
  old.append(...after.slice(same));
  return before.length !== same || after.length !== same;
};

const show = (page) => {
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(part.id);
    if (fresh && bringUpToDate(part, fresh)) part.closest(".screen")?.scrollTo({ top: 0 }); // 0 is the newest: see the style
  }
};

const send = async (form, body, field) => {
  form.setAttribute("aria-busy", "true");
  try {
    show(await fetchPage(form.action, { method: "POST", body }));
    trouble.textContent = "";
  } catch {
    trouble.textContent = TROUBLE;
    if (field && !field.value) field.value = body.get("text");
  } finally {
    form.removeAttribute("aria-busy");
  }
};

const refresh = async () => {
  try {
    show(await fetchPage(location.href));
  } catch {
    // The next refresh comes by itself: there is nothing to tell.
  }
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-in-place]")) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const field = form.querySelector("input[type=text]");
  if (field) field.value = "";
  inTurn(() => send(form, body, field));
});

setInterval(() => {
  if (document.visibilityState === "visible" && !waiting) inTurn(refresh);
}, REFRESH_MILLISECONDS);
