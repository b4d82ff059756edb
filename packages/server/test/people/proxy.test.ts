import { describe, expect, it, onTestFinished } from "vitest";
import { aCall } from "../page/page-server.ts";
import { codeOf, proxyScene } from "./proxy-scene.ts";

const { sign, open } = proxyScene();

describe("who comes through a proxy", () => {
  it("does what the role says, from wherever they are, and it is written down", async () => {
    const { ask, enter, audited } = await open();
    const token = await sign();
    const { proof } = await enter(token);
    const state = await (await ask("/acc/state", token, proof)).json();
    expect(state).toMatchObject({ reader: { name: "ops@example.com", keys: true, texts: true } });
    const made = await ask("/acc/keys", token, proof, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "ci", rpm: 60 }),
    });
    const { token: key } = (await made.json()) as { token: string };
    await ask("/acc/keys/ci", token, proof, { method: "DELETE" });
    await ask("/acc/session", token, proof, { method: "DELETE" });
    expect((await ask("/acc/state", token, proof)).status).toBe(401);
    const ops = { actor: "ops@example.com", outcome: "ok" };
    expect(audited).toEqual([
      { ...ops, action: "sign-in" },
      { ...ops, action: "key-add", name: "ci", limits: { rpm: 60 } },
      { ...ops, action: "key-revoke", name: "ci" },
      { ...ops, action: "sign-out" },
    ]);
    for (const secret of [key, token, proof]) expect(JSON.stringify(audited)).not.toContain(secret);
  });

  it("sees no more than the role says", async () => {
    const { ask, enter, audited, page } = await open();
    page.record(aCall({ prompt: "what somebody asked" }));
    const viewer = await sign({ claims: { sub: "u-2", email: "v@x.test", groups: ["platform"] } });
    const { proof } = await enter(viewer);
    const shown = await (await ask("/acc/state", viewer, proof)).text();
    expect(shown).not.toContain("what somebody asked");
    expect(shown).toContain('"reader":{"name":"v@x.test","keys":false,"texts":false}');
    const made = await ask("/acc/keys", viewer, proof, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "mine" }),
    });
    expect([made.status, await codeOf(made)]).toEqual([403, "NOT_PERMITTED"]);
    const gone = await ask("/acc/keys/ci", viewer, proof, { method: "DELETE" });
    expect(gone.status).toBe(403);
    expect(audited.slice(1)).toEqual([
      { action: "key-add", actor: "v@x.test", outcome: "NOT_PERMITTED", name: "mine" },
      { action: "key-revoke", actor: "v@x.test", outcome: "NOT_PERMITTED", name: "ci" },
    ]);
    const reader = await sign({ claims: { sub: "u-7", email: "r@x.test" } });
    const { proof: other } = await enter(reader);
    expect(await (await ask("/acc/state", reader, other)).text()).toContain("what somebody asked");
  });

  it.each([
    ["viewer", { sub: "u-2", email: "v@x.test", groups: ["platform"] }, false],
    // oauth2-proxy/oauth2-proxy#3013: only the first of several groups was looked at.
    [
      "viewer by a second group",
      { sub: "u-2", email: "v@x.test", groups: ["a", "platform"] },
      false,
    ],
    ["texts", { sub: "u-7", email: "r@x.test" }, true],
    ["admin", { sub: "u-1", email: "ops@example.com" }, true],
  ])("sees in the feed, as %s, what is asked only where the role says so", async (_, who, sees) => {
    const { ask, enter, page } = await open();
    const token = await sign({ claims: who });
    const { proof } = await enter(token);
    const ended = new AbortController();
    onTestFinished(() => ended.abort());
    const feed = await ask("/acc/events", token, proof, { signal: ended.signal });
    const reader = (feed.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let seen = "";
    const until = async (what: string) => {
      while (!seen.includes(what)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`The feed ended with ${seen}`);
        seen += decoder.decode(value, { stream: true });
      }
    };
    await until(": open\n\n");
    page.record(aCall({ id: "live-1", prompt: "what somebody asked" }));
    await until('"minute"');
    await until("\n\n");
    expect(seen).toContain('"id":"live-1"');
    expect(seen.includes("what somebody asked")).toBe(sees);
  });
});
