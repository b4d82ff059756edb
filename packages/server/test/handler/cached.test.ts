import { memoryStore, openCache } from "@acc/cache";
import { afterEach, describe, expect, it } from "vitest";
import { type Play, playedClient, says } from "../support/played-client.ts";
import { type RunningServer, runServer, token } from "../support/running-server.ts";

let running: RunningServer | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(play: Play) {
  const cache = await openCache({ store: memoryStore() });
  const played = playedClient(play, { cache });
  running = await runServer({ clients: { p: played.client } });
  return { ...played, running, url: running.url };
}

const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
const bodies = {
  "chat/completions": { model: "p", messages: [{ role: "user", content: "hi" }] },
  responses: { model: "p", input: "hi" },
  messages: { model: "p", max_tokens: 9, messages: [{ role: "user", content: "hi" }] },
};
const post = (url: string, path: keyof typeof bodies, stream = false) =>
  fetch(`${url}/v1/${path}`, {
    method: "POST",
    headers,
    body: JSON.stringify({ ...bodies[path], stream }),
  });

describe("what was answered before", () => {
  it("is not asked again: whole and streamed, in either of OpenAI's forms", async () => {
    const { url, asked, running } = await start(says("Hello"));
    const first = await post(url, "chat/completions", true);
    expect(first.headers.get("x-acc-cached")).toBe("false");
    await first.text();
    for (const [path, stream] of [
      ["chat/completions", false],
      ["chat/completions", true],
      ["responses", false],
      ["responses", true],
    ] as const) {
      const answer = await post(url, path, stream);
      expect(await answer.text()).toContain("Hello");
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "x-acc-cached": "true",
        "x-acc-attempts": "0",
        "x-acc-mode": "sdk",
      });
    }
    expect(asked).toHaveLength(1);
    expect(running.calls.map(({ cached, attempts }) => [cached, attempts])).toEqual([
      [false, 1],
      ...Array(4).fill([true, 0]),
    ]);
  });

  it("is found whatever Claude Code writes of who is billed", async () => {
    const { url, asked } = await start(says("a"));
    for (const nonce of ["1", "2"]) {
      const text = `x-anthropic-billing-header: cc_version=2.1; cch=${nonce};`;
      const body = JSON.stringify({ ...bodies.messages, system: [{ type: "text", text }] });
      await fetch(`${url}/v1/messages`, { method: "POST", headers, body });
    }
    expect(asked).toHaveLength(1);
  });

  it.each([false, true])("is asked once by many at once (stream: %s)", async (stream) => {
    let go = () => {};
    const told = new Promise<void>((resolve) => {
      go = resolve;
    });
    const { url, asked, running } = await start(async function* (request, signal) {
      await told;
      yield* says("Hel", "lo")(request, signal);
    });
    const calls = Array.from({ length: 20 }, () => post(url, "chat/completions", stream));
    setTimeout(go, 300);
    const texts = await Promise.all(calls.map(async (call) => (await call).text()));
    expect(texts.every((text) => text.includes("Hel"))).toBe(true);
    expect(asked).toHaveLength(1);
    const paid = running.calls.filter(({ joined, cached }) => !joined && !cached);
    expect(paid).toHaveLength(1);
  });
});
