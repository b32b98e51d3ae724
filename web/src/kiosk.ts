// What a kiosk does beyond its pages: one press is one ticket even when the line is cut, the page goes back to the
// beginning when nobody is there any more, and prints by itself where there is a printer. Without this script a kiosk
// works too: forms are sent and pages are left by the browser alone.

const pressTriesFor = 60_000;  // ms; then the person is sent to the reception
const answerWithin = 8_000;
const quietFor = 5_000;  // a page that somebody touches is not drawn anew
const unattended = 600;  // s; after "more time"

const line = document.getElementById("line");
let touched = 0;
for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => (touched = Date.now()), {capture: true});

function pause(length: number): Promise<void> {
  return new Promise((over) => setTimeout(over, length));
}

// A page of ours comes: no proxy's page, no "too many", no "not now", for those have no script and end the kiosk.
// 403 is the page of a machine that is not enabled, which asks again by itself.
async function answers(address: string): Promise<boolean> {
  try {
    const {status} = await fetch(address, {method: "HEAD", signal: AbortSignal.timeout(answerWithin)});
    return status < 400 || status === 403;
  } catch {
    return false;
  }
}

// Leaves the page only for one that comes, and not for as long as something else holds it here.
async function go(address: string, isHeld = (): boolean => false): Promise<void> {
  while (!(await answers(address))) await pause(3000);
  if (!isHeld()) location.assign(address);
}

class Kiosk {
  private isPressed = false;

  constructor(private readonly root: HTMLElement) {
    if (line) new MutationObserver(() => this.tellLine()).observe(line, {childList: true, characterData: true, subtree: true});
    const now = root.querySelector("[data-live]");
    if (now) new MutationObserver(() => this.lookAtOffer(now)).observe(now, {childList: true, subtree: true});
    root.addEventListener("submit", (event) => this.press(event), {capture: true});
    this.countDown();
    this.print();
  }

  private tellLine(): void {
    this.root.toggleAttribute("data-lost", !!line?.textContent);
  }

  // The site opened or closed, or its numbers were used up.
  private lookAtOffer(now: Element): void {
    const offer = now.querySelector<HTMLElement>("[data-offer]")?.dataset.offer;
    if (offer && offer !== this.root.dataset.kiosk && !this.isPressed) void go(location.href, () => this.isPressed);
  }

  private press(event: Event): void {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset.press === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.isPressed) return;
    const button = event instanceof SubmitEvent ? event.submitter : null;
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) fields.append(name, String(value));
    if (button instanceof HTMLButtonElement && button.name) fields.append(button.name, button.value);
    void this.send(form.action, fields);
  }

  // The same key each time: however often it is sent, it is one ticket.
  private async send(address: string, fields: URLSearchParams): Promise<void> {
    this.isPressed = true;
    this.root.dataset.pressed = "";
    const until = Date.now() + pressTriesFor;
    while (Date.now() < until) {
      try {
        const answer = await fetch(address, {method: "POST", body: fields, signal: AbortSignal.timeout(answerWithin)});
        const isForLater = answer.status === 429 || answer.status >= 500;
        if (!isForLater && answer.redirected) return location.assign(answer.url);
        if (!isForLater) return this.show(await answer.text());
      } catch {
        // Cut: tried again.
      }
      this.tell(this.root.dataset.cut ?? "");
      await pause(2000);
    }
    this.tell(this.root.dataset.gaveUp ?? "");
    await pause(20_000);
    await go(this.start());
  }

  private tell(words: string): void {
    let told = this.root.querySelector<HTMLElement>("[data-told]");
    if (!told) {
      told = document.createElement("p");
      told.className = "complaint";
      told.dataset.told = "";
      told.setAttribute("role", "alert");
      this.root.querySelector("h1")?.after(told);
    }
    if (told.textContent !== words) told.textContent = words;
  }

  // What was refused comes as a page: its middle takes the place of ours.
  private show(page: string): void {
    const middle = new DOMParser().parseFromString(page, "text/html").getElementById("main");
    if (!middle) return void go(location.href);
    document.getElementById("main")?.replaceWith(middle);
    const root = middle.querySelector<HTMLElement>("[data-kiosk]");
    if (root) new Kiosk(root);
    middle.focus();
  }

  private start(): string {
    return this.root.querySelector<HTMLElement>("[data-to]")?.dataset.to ?? location.pathname.replace(/(\/kiosk).*/, "$1");
  }

  // Said while it runs, begun anew by every touch, and stopped by one press.
  private countDown(): void {
    const back = this.root.querySelector<HTMLElement>("[data-back]");
    const seconds = Number(back?.dataset.back ?? 0);
    if (!back || seconds <= 0) return this.drawAnew();
    const left = back.querySelector<HTMLElement>("[data-left]");
    const stay = back.querySelector<HTMLButtonElement>("[data-stay]");
    let length = seconds;
    let since = Date.now();
    if (stay) {
      stay.hidden = false;
      stay.addEventListener("click", () => {
        length = unattended;
        since = Date.now();
        stay.hidden = true;
        if (left) left.textContent = "";
      });
    }
    const tick = setInterval(() => {
      if (!this.root.isConnected) return clearInterval(tick);
      since = Math.max(since, touched);
      const rest = length - Math.floor((Date.now() - since) / 1000);
      if (left && length !== unattended) left.textContent = (back.dataset.words ?? "").replace("{seconds}", String(Math.max(rest, 0)));
      if (rest > 0 || this.isPressed) return;
      clearInterval(tick);
      void go(this.start(), () => this.isPressed);
    }, 250);
  }

  // The beginning is drawn anew now and then, for waits and hours change; never under somebody's finger.
  private drawAnew(): void {
    const every = Number(this.root.dataset.again ?? 0) * 1000;
    if (every <= 0) return;
    const tick = setInterval(() => {
      if (!this.root.isConnected) return clearInterval(tick);
      if (this.isPressed || Date.now() - touched < quietFor) return;
      clearInterval(tick);
      void go(location.href, () => this.isPressed);
    }, every);
  }

  private print(): void {
    for (const button of this.root.querySelectorAll<HTMLButtonElement>("[data-print-now]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
    const ticket = this.root.querySelector<HTMLElement>("[data-print]")?.dataset.print;
    if (!ticket || sessionStorage.getItem("printed") === ticket) return;
    sessionStorage.setItem("printed", ticket);
    setTimeout(() => window.print(), 1500);  // by then the wait is known, and stands on the paper
  }
}

export function startKiosk(): void {
  const root = document.querySelector<HTMLElement>("[data-kiosk]");
  if (root) new Kiosk(root);
  // A page that came out of the browser's memory has the key of a press that is over.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && document.querySelector("[data-kiosk]")) void go(location.href);
  });
  // A machine that waits to be enabled asks again.
  const waiting = document.querySelector<HTMLElement>(".machine[data-again]");
  if (waiting) setTimeout(() => void go(location.href), Number(waiting.dataset.again) * 1000);
}
