import { expect, it, onTestFinished } from "vitest";
import type { AdminEvent } from "../../src/contract/audit.ts";
import { createPage } from "../../src/page/create-page.ts";
import { keysInMemory, ownerOnly, ownerToken } from "./page-server.ts";

const origin = "http://127.0.0.1:4141";
const asJson = { "content-type": "application/json" };

/** The owner at the page, and what is written down of it. */
function open() {
  const keys = keysInMemory();
  const audited: AdminEvent[] = [];
  const disk = { isFull: false };
  const page = createPage({
    access: ownerOnly,
    keys,
    audit: async (event) => {
      if (disk.isFull) throw new Error("The disk is full.");
      audited.push(event);
    },
  });
  onTestFinished(() => page.close());
  const ask = (path: string, init: RequestInit = {}) =>
    page.fetch(new Request(`${origin}${path}`, init), { remoteAddress: "127.0.0.1" });
  const enter = async (link: string) => {
    const body = JSON.stringify({ code: link.split("#enter=")[1] });
    const entered = await ask("/acc/session", { method: "POST", headers: asJson, body });
    const { proof } = (await entered.json()) as { readonly proof: string };
    const cookie = entered.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    return { cookie, "x-acc-page": proof };
  };
  const add = (session: Awaited<ReturnType<typeof enter>>, name: string) =>
    ask("/acc/keys", {
      method: "POST",
      headers: { ...session, ...asJson },
      body: JSON.stringify({ name }),
    });
  return { keys, audited, disk, page, ask, enter, add };
}

it("writes down a new link, the owner's sign-in by it and the sign-out", async () => {
  const { audited, ask, enter } = open();
  const headers = { authorization: `Bearer ${ownerToken}` };
  const made = await ask("/acc/link", { method: "POST", headers });
  const { path } = (await made.json()) as { readonly path: string };
  const session = await enter(path);
  await ask("/acc/session", { method: "DELETE", headers: session });
  const owner = { actor: "owner", outcome: "ok" };
  expect(audited).toEqual([
    { ...owner, action: "link" },
    { ...owner, action: "sign-in" },
    { ...owner, action: "sign-out" },
  ]);
  const written = JSON.stringify(audited);
  for (const secret of [ownerToken, path, ...Object.values(session)]) {
    expect(written).not.toContain(secret);
  }
});

it("writes down that a key could not be made", async () => {
  const { audited, page, enter, add } = open();
  const session = await enter(page.link(origin));
  expect((await add(session, "ci")).status).toBe(200);
  expect((await add(session, "ci")).status).toBe(400);
  expect(audited.slice(1)).toEqual([
    { action: "key-add", actor: "owner", outcome: "ok", name: "ci", limits: {} },
    { action: "key-add", actor: "owner", outcome: "KEY_EXISTS", name: "ci" },
  ]);
});

it("takes a new key back that cannot be written down, and shows no token of it", async () => {
  const { keys, disk, page, enter, add } = open();
  const session = await enter(page.link(origin));
  disk.isFull = true;
  const refused = await add(session, "ci");
  expect([refused.status, await refused.text()]).toEqual([
    503,
    expect.not.stringContaining("acc-token"),
  ]);
  expect(await keys.list()).toEqual([]);
  disk.isFull = false;
  expect((await add(session, "ci")).status).toBe(200);
});

it("makes no link, and lets nobody in by one, where it cannot be written down", async () => {
  const { disk, page, ask, enter } = open();
  disk.isFull = true;
  const headers = { authorization: `Bearer ${ownerToken}` };
  expect((await ask("/acc/link", { method: "POST", headers })).status).toBe(503);
  const session = await enter(page.link(origin));
  expect(session).toEqual({ cookie: "", "x-acc-page": undefined });
});
