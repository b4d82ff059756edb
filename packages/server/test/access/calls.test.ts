import { setTimeout as sleep } from "node:timers/promises";
import type { ClientOptions } from "@acc/dual-mode";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
  addKey,
  createAccess,
  createServer,
  fileBudgets,
  fileKeys,
  type KeyOptions,
} from "../../src/index.ts";
import { clientOf } from "../support/clients.ts";
import { listen } from "../support/listen.ts";
import { temporaryFolder } from "../support/temporary.ts";
import { begin, finish, type Play, piece, refuse, startVendor } from "../support/vendor.ts";

const ownerToken = "o".repeat(43);
const budget = { usd: 0.1, per: "day" } as const;

const answers: Play = (response, prompt) => {
  begin(response);
  piece(response, `to ${prompt}`);
  finish(response, 100, 50);
};

const bodies = {
  "/v1/chat/completions": { model: "p/m", messages: [{ role: "user", content: "hi" }] },
  "/v1/responses": { model: "p/m", input: "hi" },
  "/v1/messages": { model: "p/m", max_tokens: 500, messages: [{ role: "user", content: "hi" }] },
};
type Path = keyof typeof bodies;
const wires = Object.keys(bodies) as Path[];

async function open(play: Play = answers, options: ClientOptions = {}) {
  const vendor = await startVendor(play);
  const folder = temporaryFolder();
  const keys = fileKeys(`${folder}/keys`);
  const budgets = fileBudgets(`${folder}/budgets`);
  const prices = { m: { input: 10, output: 20 } };
  const access = createAccess({ ownerToken, keys, budgets, prices });
  const client = clientOf(vendor.url, options);
  const models = { fast: "p/m", "other-*": "p/*" };
  const server = await listen(createServer({ clients: { p: client }, models, access }));
  onTestFinished(async () => {
    await server.close();
    await client.close();
    await vendor.close();
  });
  const keyOf = async (options: Partial<KeyOptions> = {}) =>
    (await addKey(keys, { name: "k", ...options })).token;
  const ask = (path: Path, token: string, more: object = {}, signal?: AbortSignal) =>
    fetch(server.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ ...bodies[path], ...more }),
      ...(signal && { signal }),
    });
  const spent = async () => (await access.uses())[0]?.budget?.spentUsd;
  return { vendor, keys, access, keyOf, ask, spent, server };
}

// BerriAI/litellm#38176: only one of the wires counts; #37923: what is streamed does not.
describe.each(wires)("%s", (path) => {
  test.each([false, true])("a call is counted where stream is %s", async (stream) => {
    const { keyOf, ask, spent, vendor } = await open();
    const response = await ask(path, await keyOf({ budget }), { stream });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("to ");
    await vi.waitFor(async () => expect(await spent()).toBe(0.002));
    expect(vendor.prompts).toHaveLength(1);
  });

  test.each([
    ["without a token", "", 401, /token/],
    ["with a token of nobody", "x".repeat(43), 401, /token/],
  ])("refuses %s in its own form", async (_, token, status, words) => {
    const { ask, vendor } = await open();
    const response = await ask(path, token);
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as { error: { type: string; message: string } };
    expect(error).toMatchObject({
      type: "authentication_error",
      message: expect.stringMatching(words),
    });
    expect(vendor.prompts).toEqual([]);
  });

  test("refuses beyond a limit and beyond a budget in its own form", async () => {
    const { keys, ask, vendor } = await open();
    const limited = (await addKey(keys, { name: "l", rpm: 1 })).token;
    const poor = (await addKey(keys, { name: "p", budget: { usd: 1e-6, per: "day" } })).token;
    await (await ask(path, limited)).text();
    const second = await ask(path, limited, { stream: true });
    expect(second.status).toBe(429);
    expect(Number(second.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await second.json()).toMatchObject({ error: { type: "rate_limit_error" } });
    const third = await ask(path, poor);
    expect(third.status).toBe(402);
    const type = path === "/v1/messages" ? "billing_error" : "insufficient_quota";
    expect(await third.json()).toMatchObject({ error: { type } });
    expect(vendor.prompts).toHaveLength(1);
  });
});

describe("what a call costs its key", () => {
  const path = "/v1/chat/completions";
  const most = 0.02 + 4e-5;

  test("nothing where the vendor refused", async () => {
    const { keyOf, ask, spent } = await open((response) => refuse(response, 500, "down"));
    const response = await ask(path, await keyOf({ budget }), { max_tokens: 1_000 });
    expect(response.status).toBeGreaterThanOrEqual(500);
    expect(await spent()).toBe(0);
  });

  // BerriAI/litellm#33736: who leaves in mid-stream pays nothing.
  test("all that was taken, where the client leaves in mid-answer: nobody knows what it cost", async () => {
    const { keyOf, ask, spent, vendor } = await open((response) => {
      begin(response);
      piece(response, "one");
    });
    const control = new AbortController();
    const token = await keyOf({ budget });
    const response = await ask(path, token, { max_tokens: 1_000, stream: true }, control.signal);
    await response.body?.getReader().read();
    control.abort();
    await vi.waitFor(() => expect(vendor.left).toBe(1));
    await sleep(50);
    expect(await spent()).toBeCloseTo(most, 4);
  });

  test("all that was taken, where the answer is cut in its middle", async () => {
    const { keyOf, ask, spent } = await open((response) => {
      begin(response);
      piece(response, "one");
      setTimeout(() => response.destroy(), 20);
    });
    const response = await ask(path, await keyOf({ budget }), { max_tokens: 1_000, stream: true });
    expect(await response.text()).toContain('"error"');
    await vi.waitFor(async () => expect(await spent()).toBeCloseTo(most, 4));
  });

  // BerriAI/litellm#34732: each of those that come at once finds the budget as it was before them all.
  test("no more than there is, however many ask at once", async () => {
    const { keyOf, ask, vendor, spent } = await open();
    const token = await keyOf({ budget: { usd: 0.05, per: "day" } });
    const all = Array.from({ length: 20 }, () => ask(path, token, { max_tokens: 1_000 }));
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 402).length).toBeGreaterThan(0);
    expect(vendor.prompts).toHaveLength(statuses.filter((status) => status === 200).length);
    await vi.waitFor(async () => expect(await spent()).toBe(vendor.prompts.length * 0.002));
  });

  // Vendors ask money for an answer that is empty: the attempt that is made again is a second one.
  test.each([false, true])(
    "an attempt that failed too, where the vendor told of it, and stream is %s",
    async (stream) => {
      let asked = 0;
      const play: Play = (response, prompt) => {
        begin(response);
        if (asked++ > 0) piece(response, `to ${prompt}`);
        finish(response, 100, 50);
      };
      const { keyOf, ask, spent } = await open(play, { retry: 1 });
      const response = await ask(path, await keyOf({ budget }), { stream });
      expect(await response.text()).toContain("to ");
      expect(asked).toBe(2);
      await vi.waitFor(async () => expect(await spent()).toBe(0.004));
    },
  );

  test("what all attempts used, where each failed and that is more than was taken", async () => {
    const empty: Play = (response) => {
      begin(response);
      finish(response, 100, 50);
    };
    const { keyOf, ask, spent } = await open(empty, { retry: 2 });
    const response = await ask(path, await keyOf({ budget }), { max_tokens: 10 });
    expect(response.status).toBeGreaterThanOrEqual(400);
    await vi.waitFor(async () => expect(await spent()).toBe(0.006));
  });

  // BerriAI/litellm#37992: a zero that was told is taken for nothing that was told.
  test("nothing where the vendor tells that it used nothing", async () => {
    const { keyOf, ask, spent } = await open((response) => {
      begin(response);
      piece(response, "free");
      finish(response, 0, 0);
    });
    await (await ask(path, await keyOf({ budget }))).text();
    await vi.waitFor(async () => expect(await spent()).toBe(0));
  });

  test("no more output than its budget was asked for: a bound goes to the vendor", async () => {
    let bound: unknown;
    const { keyOf, ask } = await open((response, prompt, request) => {
      bound = request.headers["content-length"];
      answers(response, prompt, request);
    });
    const token = await keyOf({ budget });
    await (await ask(path, token)).text();
    const bounded = Number(bound);
    await (await ask(path, ownerToken)).text();
    expect(bounded - Number(bound)).toBe(',"max_tokens":4096'.length);
  });
});

describe("which models a key may ask for", () => {
  const path = "/v1/chat/completions";

  // maximhq/bifrost#7112: a name that the owner gave opens itself, and not what it stands for.
  test.each([
    ["a name of the settings", ["fast"], "fast", 200],
    ["what it stands for", ["fast"], "p/m", 403],
    ["all", ["*"], "p/m", 200],
    ["all of a provider", ["p/*"], "fast", 200],
    ["another provider's", ["q/*"], "p/m", 403],
    ["one that only begins so", ["p/m"], "p/mm", 403],
  ])("%s by %j: %s", async (_, models, model, status) => {
    const { keyOf, ask, vendor } = await open();
    const response = await ask(path, await keyOf({ models }), { model });
    expect(response.status).toBe(status);
    await response.text();
    expect(vendor.prompts).toHaveLength(status === 200 ? 1 : 0);
  });
});
