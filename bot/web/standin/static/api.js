// Talks to the stand-in: one function to ask, one to do, one that listens for changes and comes back after a break.

const PAUSES = [300, 600, 1200, 2500, 5000];

export class Refusal extends Error {}

async function answered(response) {
  const body = await response.json();
  if (!response.ok) throw new Refusal(body.error ?? "할 수 없습니다.");
  return body;
}

export const ask = async (name, query = {}) => answered(await fetch(`/try/${name}?${new URLSearchParams(query)}`));

export async function act(name, body) {
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  try {
    return await answered(await fetch(`/try/${name}`, init));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("연결이 끊겨 보내지 못했습니다. 잠시 뒤에 다시 해 보세요.");
  }
}

/** Calls `begin` with a fresh state at the start and after every break, `change` at every change in between. */
export class Listener {
  #source = null;
  #failures = 0;
  #timer = 0;

  constructor({ begin, change, broken }) {
    Object.assign(this, { begin, change, broken });
    // A browser gives six connections to a host: a tab that nobody looks at keeps none.
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#close() : this.connect()));
  }

  async connect() {
    this.#close();
    if (document.hidden) return;
    try {
      const state = await ask("state");
      await this.begin(state);
      this.#listen(`${state.run}-${state.at}`);
    } catch {
      this.#again();
    }
  }

  #listen(after) {
    const source = new EventSource(`/try/events?after=${after}`);
    this.#source = source;
    source.onopen = () => {
      this.#failures = 0;
      this.broken(false);
    };
    source.onmessage = ({ data }) => {
      const change = JSON.parse(data);
      if (change.kind === "reset") this.connect();
      else this.change(change);
    };
    source.onerror = () => this.#again();
  }

  #again() {
    this.#close();
    this.broken(true);
    const pause = PAUSES[Math.min(this.#failures++, PAUSES.length - 1)];
    this.#timer = setTimeout(() => this.connect(), pause);
  }

  #close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }
}
