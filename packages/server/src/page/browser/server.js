const kept = "acc-page";

/** The half of the session that this origin keeps; the other is a cookie that no script sees. */
const proof = () => localStorage.getItem(kept) ?? "";

/** Asks the server; throws what it refuses, with its status. */
export async function ask(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: {
      "x-acc-page": proof(),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = response.status === 204 ? {} : await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const { code, message = `The server answered ${response.status}.` } = answer.error ?? {};
  const { status } = response;
  throw Object.assign(new Error(message), { status, code, signIn: answer.signIn });
}

/** Trades the code of the address for a session; it is taken out of the address and the history. */
export async function enterByAddress() {
  const code = new URLSearchParams(location.hash.slice(1)).get("enter");
  if (code === null) return;
  history.replaceState(null, "", location.pathname);
  await enter({ code });
}

/** Opens a session: by a code, or by what a proxy in front of the server says of who asks. */
export async function enter(by) {
  const session = await ask("POST", "/acc/session", by);
  localStorage.setItem(kept, session.proof);
}

export async function leave() {
  await ask("DELETE", "/acc/session").catch(() => {});
  localStorage.removeItem(kept);
  location.reload();
}

/**
 * Reads the feed for as long as the page is open; `onEvent` also hears of "open" and "closed". The next
 * event waits until it has taken the one before, so that a state it loads is never older than they are.
 */
export async function follow(onEvent) {
  for (let wait = 500; ; wait = Math.min(2 * wait, 15_000)) {
    try {
      const response = await fetch("/acc/events", { headers: { "x-acc-page": proof() } });
      if (response.status === 401) return onEvent("left");
      if (response.ok) {
        wait = 500;
        await onEvent("open");
        await readEvents(response.body, onEvent);
      }
    } catch {
      // The server is away, and may come back.
    }
    await onEvent("closed");
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

async function readEvents(body, onEvent) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (text + value).split("\n\n");
    text = events.pop();
    for (const event of events) {
      const [, type] = /^event: (.*)$/m.exec(event) ?? [];
      const [, data] = /^data: (.*)$/m.exec(event) ?? [];
      if (type !== undefined) await onEvent(type, JSON.parse(data));
    }
  }
}
