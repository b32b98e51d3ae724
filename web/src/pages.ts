// Makes open pages live: what has `data-live` follows its stream, a cut line is told and mended, a board speaks. A page
// without this script works, and is loaded anew by the browser now and then.

import {startKiosk} from "./kiosk";
import {startSitting} from "./sitting";

const line = document.getElementById("line");
const language = document.documentElement.lang;

function time(): string {
  return new Date().toLocaleTimeString(language, {hour: "2-digit", minute: "2-digit"});
}

// The word for a cut line stays until something comes again.
let seen = time();
function tellLost(): void {
  if (line && !line.textContent) line.textContent = (line.dataset.lost ?? "").replace("{time}", seen);
}
function tellFound(): void {
  seen = time();
  if (line) line.textContent = "";
}

// Numbers that were called while this page was open, each once, one after the other.
const spoken = new Set<string>();
function speak(board: HTMLElement, isFirst: boolean): void {
  const languages = (board.dataset.speak ?? "").split(" ").filter((one) => one !== "");
  for (const call of board.querySelectorAll<HTMLElement>("[data-call]")) {
    const name = call.dataset.call ?? "";
    if (spoken.has(name)) continue;
    spoken.add(name);
    if (isFirst || !("speechSynthesis" in window)) continue;
    for (const code of languages) {
      const words = new SpeechSynthesisUtterance(call.dataset[code] ?? "");
      words.lang = code === "pt" ? "pt-PT" : code;
      speechSynthesis.speak(words);
    }
  }
}

// Keeps what a person has under her fingers when a fragment is drawn anew: the focus stays on the same control, what
// was opened stays open, what was chosen stays chosen, what was typed stays typed.
type Written = HTMLInputElement | HTMLTextAreaElement;

function fieldOf(id: string): Written | null {
  const field = document.getElementById(id);
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field : null;
}

function show(part: HTMLElement, fragment: string): void {
  const held = document.activeElement instanceof HTMLElement && part.contains(document.activeElement) ? document.activeElement.id : "";
  const opened = Array.from(part.querySelectorAll<HTMLDetailsElement>("details[id]")).map(({id, open}) => ({id, open}));
  const chosen = Array.from(part.querySelectorAll<HTMLSelectElement>("select[id]")).map(({id, value}) => ({id, value}));
  const written = Array.from(part.querySelectorAll<Written>("input[type=text][id], textarea[id]"))
    .filter((field) => field.value !== field.defaultValue)
    .map(({id, value, selectionStart, selectionEnd}) => ({id, value, selectionStart, selectionEnd}));
  part.innerHTML = fragment;
  for (const {id, open} of opened) {
    const details = document.getElementById(id);
    if (details instanceof HTMLDetailsElement) details.open = open;
  }
  for (const {id, value} of chosen) {
    const select = document.getElementById(id);
    if (select instanceof HTMLSelectElement && select.querySelector(`option[value="${CSS.escape(value)}"]`)) select.value = value;
  }
  for (const {id, value, selectionStart, selectionEnd} of written) {
    const field = fieldOf(id);
    if (field === null) continue;
    field.value = value;
    field.setSelectionRange(selectionStart, selectionEnd);
  }
  if (held) document.getElementById(held)?.focus();
}

// Who is no longer signed in is led to where one signs in, and back; a machine that was taken out of use says so.
async function comeBackIfSentAway(): Promise<void> {
  try {
    const answer = await fetch(location.href, {method: "HEAD", redirect: "manual"});
    if (answer.type === "opaqueredirect" || answer.status === 403) location.reload();
  } catch {
    // The line is cut: the stream is tried again.
  }
}

function follow(part: HTMLElement, address: string): void {
  let wait = 1000;
  let isFirst = true;
  const open = (): void => {
    const source = new EventSource(address);
    source.addEventListener("message", (event: MessageEvent<string>) => {
      wait = 1000;
      tellFound();
      if (part.innerHTML !== event.data) show(part, event.data);
      if (part.dataset.speak) speak(part, isFirst);
      isFirst = false;
    });
    source.addEventListener("open", tellFound);
    source.addEventListener("error", () => {
      tellLost();
      if (source.readyState !== EventSource.CLOSED) return;  // the browser comes back by itself
      void comeBackIfSentAway();
      setTimeout(open, wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, 30000);
    });
  };
  open();
}

for (const part of document.querySelectorAll<HTMLElement>("[data-live]")) follow(part, part.dataset.live ?? "");

// A form is sent once, however often it is pressed; coming back to the page makes it whole again.
for (const form of document.querySelectorAll<HTMLFormElement>("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset.sent;
});

// Keys of the desk: a button with `data-key` is pressed by that key, unless something is being typed.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const target = event.target;
  if (target instanceof HTMLElement && target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")) return;
  const button = document.querySelector<HTMLButtonElement>(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
});

startKiosk();
startSitting({lost: tellLost, found: tellFound});
