// An open page of a double screen: what is typed on one side is seen letter by letter on the other, what happened is
// drawn at once, the citizen's screen says that it is there, and reads aloud. Without this script the page is loaded
// anew by the browser now and then, and its forms work.

const beatEvery = 15_000;  // ms; who is not heard of for a minute counts as gone
const typeEvery = 60;

interface Line {
  from: string;
  step: string;
  field: string;
  text: string;
}

interface Told {
  lost(): void;
  found(): void;
}

function keepCaret(work: () => void): void {
  const held = document.activeElement;
  const isField = held instanceof HTMLInputElement || held instanceof HTMLTextAreaElement;
  const caret = isField && held.type !== "date" && held.type !== "email" ? [held.selectionStart, held.selectionEnd] : null;
  const id = held instanceof HTMLElement ? held.id : "";
  work();
  const again = held instanceof HTMLElement && held.isConnected ? held : id ? document.getElementById(id) : null;
  if (!again || again === document.activeElement) return;
  again.focus({preventScroll: true});
  if (caret && (again instanceof HTMLInputElement || again instanceof HTMLTextAreaElement)) again.setSelectionRange(caret[0] ?? null, caret[1] ?? null);
}

class Sitting {
  private drawn = "";
  private isDrawing = false;
  private isStale = false;
  private readonly due = new Map<string, URLSearchParams>();
  private isSending = false;
  private stroke = 0;
  private readonly heard = new Set<string>();  // steps of which something was typed since the page was drawn

  constructor(private readonly root: HTMLElement, private readonly told: Told) {
    this.follow(root.dataset.stream ?? "");
    root.addEventListener("input", (event) => this.typed(event.target));
    root.addEventListener("click", (event) => this.pressed(event.target));
    this.dress();
    const beat = root.dataset.beat;
    if (beat) {
      const alive = (): void => void fetch(beat, {method: "POST"}).then((answer) => this.heed(answer.status), () => this.told.lost());
      setInterval(alive, beatEvery);
      alive();
    }
  }

  // Who is no longer of it reads so on the page itself.
  private heed(status: number): void {
    if (status === 403 || status === 404) location.reload();
  }

  private follow(address: string): void {
    const source = new EventSource(address);
    source.addEventListener("open", () => this.told.found());
    source.addEventListener("changed", () => void this.draw());
    source.addEventListener("echo", (event: MessageEvent<string>) => this.echo(JSON.parse(event.data) as Line));
    source.addEventListener("error", () => {
      this.told.lost();
      if (source.readyState !== EventSource.CLOSED) return;
      void this.draw();
      setTimeout(() => this.follow(address), 2000 * (0.5 + Math.random()));
    });
  }

  // Drawn as the server has it; what is being filled in stays under the fingers.
  private async draw(): Promise<void> {
    this.isStale = true;
    if (this.isDrawing) return;
    this.isDrawing = true;
    while (this.isStale) {
      this.isStale = false;
      try {
        const answer = await fetch((this.root.dataset.sitting ?? "") + location.search);
        if (!answer.ok) this.heed(answer.status);
        else this.show(await answer.text());
        this.told.found();
      } catch {
        this.told.lost();
        break;
      }
    }
    this.isDrawing = false;
  }

  private show(page: string): void {
    if (page === this.drawn) return;
    this.drawn = page;
    const fresh = document.createElement("template");
    fresh.innerHTML = page;
    keepCaret(() => {
      for (const kept of this.root.querySelectorAll<HTMLElement>("[data-keep]")) {
        const place = fresh.content.querySelector(`[data-keep="${CSS.escape(kept.dataset.keep ?? "")}"]`);
        place?.replaceWith(kept);
      }
      this.root.replaceChildren(fresh.content);
    });
    this.dress();
  }

  private echo(line: Line): void {
    const place = this.root.querySelector<HTMLElement>(`[data-echo="${CSS.escape(`${line.step} ${line.field}`)}"]`);
    if (place) place.textContent = line.text;
    if (line.from === this.root.dataset.side || (place && this.heard.has(line.step))) return;
    this.heard.add(line.step);
    void this.draw();
  }

  private typed(target: EventTarget | null): void {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
    const form = target.form;
    if (!form?.dataset.typing || target.type === "hidden") return;
    const step = form.querySelector<HTMLInputElement>("input[name=step]")?.value ?? "";
    this.stroke = Math.max(Date.now(), this.stroke + 1);
    this.due.set(target.name, new URLSearchParams({step, field: target.name, text: target.value, stroke: String(this.stroke)}));
    void this.send(form.dataset.typing);
  }

  // The last of each field, a few times a second.
  private async send(address: string): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    while (this.due.size > 0) {
      const lines = [...this.due.values()];
      this.due.clear();
      for (const line of lines)
        try {
          await fetch(address, {method: "POST", body: line});
        } catch {
          this.told.lost();
        }
      await new Promise((over) => setTimeout(over, typeEvery));
    }
    this.isSending = false;
  }

  // What only a script can do is offered only now.
  private dress(): void {
    if ("speechSynthesis" in window)
      for (const button of this.root.querySelectorAll<HTMLElement>("[data-read]")) button.hidden = false;
  }

  private pressed(target: EventTarget | null): void {
    if (!(target instanceof HTMLElement) || target.dataset.read === undefined) return;
    if (speechSynthesis.speaking) return speechSynthesis.cancel();
    const part = target.closest("form")?.querySelector<HTMLElement>("[data-aloud]") ?? this.root.querySelector<HTMLElement>("[data-aloud]");
    if (!part) return;
    const language = part.closest<HTMLElement>("[lang]")?.lang ?? document.documentElement.lang;
    for (const piece of part.querySelectorAll<HTMLElement>("h2, dt, dd, p")) {
      const words = new SpeechSynthesisUtterance(piece.textContent ?? "");
      words.lang = language === "pt" ? "pt-PT" : language;
      speechSynthesis.speak(words);
    }
  }
}

export function startSitting(told: Told): void {
  const root = document.querySelector<HTMLElement>("[data-sitting]");
  if (root) new Sitting(root, told);
  for (const button of document.querySelectorAll<HTMLElement>("[data-print-page]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
