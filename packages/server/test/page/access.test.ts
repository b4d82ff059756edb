import { describe, expect, it } from "vitest";
import { createPage } from "../../src/page/create-page.ts";
import { aCall, keysInMemory, ownerOnly, ownerToken } from "./page-server.ts";

/** What the page's answers may have. */
interface Said {
  readonly error: { readonly code: string };
  readonly proof: string;
  readonly path: string;
  readonly keys: readonly object[];
  readonly settings: readonly { readonly text: string }[];
}

const said = async (response: Response) => (await response.json()) as Said;

const origin = "http://127.0.0.1:4141";

function open(now = () => 0) {
  const page = createPage({ access: ownerOnly, keys: keysInMemory(), now });
  const ask = (path: string, init: RequestInit = {}, remoteAddress = "127.0.0.1") =>
    page.fetch(new Request(`${origin}${path}`, init), { remoteAddress });
  const enter = async (link = page.link(origin)) => {
    const [, code] = link.split("#enter=");
    return ask("/acc/session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code }),
    });
  };
  const session = async () => {
    const entered = await enter();
    const [cookie = ""] = (entered.headers.get("set-cookie") ?? "").split(";");
    return { cookie, "x-acc-page": (await said(entered)).proof };
  };
  return { page, ask, enter, session };
}

const codeOf = async (response: Response) => [response.status, (await said(response)).error.code];

describe("a link", () => {
  it("is an address whose code is sent to nobody, and works once", async () => {
    const { page, enter } = open();
    const link = page.link(origin);
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:4141\/#enter=[\w-]{43}$/);
    const entered = await enter(link);
    expect(entered.status).toBe(200);
    expect(entered.headers.get("set-cookie")).toMatch(
      /^acc-page-4141=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(await codeOf(await enter(link))).toEqual([401, "LINK_USED"]);
  });

  it("dies after a quarter of an hour", async () => {
    let time = 0;
    const { page, enter } = open(() => time);
    const link = page.link(origin);
    time = 15 * 60_000;
    expect(await codeOf(await enter(link))).toEqual([401, "LINK_USED"]);
  });

  it("is made anew for the owner alone", async () => {
    const { ask, enter } = open();
    const asked = (token: string) =>
      ask("/acc/link", { method: "POST", headers: { authorization: `Bearer ${token}` } });
    const { path } = await said(await asked(ownerToken));
    expect((await enter(path)).status).toBe(200);
    expect(await codeOf(await asked("key-of-a-test"))).toEqual([403, "OWNER_ONLY"]);
    expect(await codeOf(await asked("nobody"))).toEqual([401, "INVALID_TOKEN"]);
  });
});

describe("what the page shows", () => {
  it.each(["/acc/state", "/acc/events", "/acc/keys", "/acc/nowhere"])(
    "%s is for a whole session alone: neither half of one is enough",
    async (path) => {
      const { ask, session } = open();
      const { cookie, "x-acc-page": proof } = await session();
      const other = await session();
      for (const headers of [
        {},
        { cookie },
        { "x-acc-page": proof },
        { cookie, "x-acc-page": other["x-acc-page"] },
      ]) {
        expect(await codeOf(await ask(path, { headers }))).toEqual([401, "PAGE_CLOSED"]);
      }
    },
  );

  it("is gone with the session", async () => {
    const { ask, session } = open();
    const headers = await session();
    expect((await ask("/acc/state", { headers })).status).toBe(200);
    const left = await ask("/acc/session", { method: "DELETE", headers });
    expect(left.headers.get("set-cookie")).toMatch(/Max-Age=0/);
    expect((await ask("/acc/state", { headers })).status).toBe(401);
  });

  it("ends half a day after it was looked at", async () => {
    let time = 0;
    const { ask, session } = open(() => time);
    const headers = await session();
    for (const hours of [11, 22, 33]) {
      time = hours * 3_600_000;
      expect((await ask("/acc/state", { headers })).status).toBe(200);
    }
    time += 12 * 3_600_000;
    expect((await ask("/acc/state", { headers })).status).toBe(401);
  });

  it.each(["192.168.1.7", "2001:db8::1", "::ffff:10.0.0.1", ""])(
    "is nothing for %s",
    async (from) => {
      const { ask, session } = open();
      const headers = await session();
      expect(await codeOf(await ask("/acc/state", { headers }, from))).toEqual([
        403,
        "PAGE_IS_LOCAL",
      ]);
      expect((await ask("/", {}, from)).status).toBe(200);
    },
  );

  it.each(["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])(
    "is the same for %s",
    async (from) => {
      const { ask, session } = open();
      const headers = await session();
      expect((await ask("/acc/state", { headers }, from)).status).toBe(200);
    },
  );

  it("has all the files that its files name", async () => {
    const { ask } = open();
    const wanted = new Set(["/"]);
    for (const path of wanted) {
      const answer = await ask(path);
      const text = await answer.text();
      expect([path, answer.status, text.length > 100]).toEqual([path, 200, true]);
      for (const [, name] of text.matchAll(/(?:"\/acc|from ?"\.)(\/\w+\.\w+)"/g))
        wanted.add(`/acc${name}`);
    }
    expect([...wanted]).toContain("/acc/timeline.js");
    expect([...wanted]).toContain("/acc/style.css");
  });

  it("is nothing that a browser could run, keep or frame", async () => {
    const { ask } = open();
    for (const path of ["/", "/acc/main.js", "/acc/style.css", "/acc/state"]) {
      const { headers } = await ask(path);
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
      expect(policy).not.toMatch(/unsafe|http|\*/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });
});

describe("keys on the page", () => {
  const post = (headers: Record<string, string>, body: unknown, type = "application/json") => ({
    method: "POST",
    headers: { ...headers, "content-type": type },
    body: JSON.stringify(body),
  });

  it("are made, shown without what could be used, and revoked", async () => {
    const { ask, session } = open();
    const headers = await session();
    const wanted = { name: "ci", rpm: 60, budget: { usd: 5, per: "day" }, models: ["groq/*"] };
    const made = await ask("/acc/keys", post(headers, wanted));
    expect(await made.json()).toEqual({ token: "acc-token-of-ci" });
    const list = await said(await ask("/acc/keys", { headers }));
    expect(list.keys).toMatchObject([wanted]);
    expect(JSON.stringify(list)).not.toContain("acc-token-of-ci");
    expect(await codeOf(await ask("/acc/keys", post(headers, wanted)))).toEqual([
      400,
      "KEY_EXISTS",
    ]);
    const gone = () => ask("/acc/keys/ci", { method: "DELETE", headers });
    expect((await gone()).status).toBe(200);
    expect(await codeOf(await gone())).toEqual([404, "KEY_NOT_FOUND"]);
  });

  it.each([
    {},
    { name: 7 },
    { name: "ci", rpm: "60" },
    { name: "ci", tpm: -1 },
    { name: "ci", models: "all" },
    { name: "ci", budget: { usd: 1 } },
    { name: "ci", budget: { usd: 0, per: "day" } },
  ])("are not made of %j", async (body) => {
    const { ask, session } = open();
    const answer = await ask("/acc/keys", post(await session(), body));
    expect(await codeOf(answer)).toEqual([400, "INVALID_KEY"]);
  });

  it("are not made by a form of another site, which has neither JSON nor the proof", async () => {
    const { ask, session } = open();
    const { cookie, ...proof } = await session();
    const body = { name: "evil" };
    expect((await ask("/acc/keys", post({ cookie }, body))).status).toBe(401);
    const asForm = await ask("/acc/keys", post({ cookie, ...proof }, body, "text/plain"));
    expect(await codeOf(asForm)).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
  });
});

it("tells all it knows in one answer", async () => {
  const { page, ask, session } = open(() => Date.UTC(2026, 0, 1));
  page.record(aCall({ at: Date.UTC(2026, 0, 1) }));
  const state = await said(await ask("/acc/state", { headers: await session() }));
  expect(state).toMatchObject({
    calls: [{ id: "call-1" }],
    minutes: [{ misses: 1 }],
    machine: [],
    hasKeys: true,
  });
  for (const { text } of state.settings) expect(text).toMatch(/\{origin\}|YOUR_KEY/);
});
