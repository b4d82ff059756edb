import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { AdminEvent } from "../../src/contract/audit.ts";
import { addKey, fileKeys, type PageKeys, pageKeys } from "../../src/index.ts";
import { createPage } from "../../src/page/create-page.ts";
import { temporaryFolder } from "../support/temporary.ts";
import { keysInMemory, ownerOnly } from "./page-server.ts";

const origin = "http://127.0.0.1:4141";

/** The owner on the page, and what was written down of the keys that they took away. */
async function open(keys: PageKeys) {
  const audited: AdminEvent[] = [];
  const audit = async (event: AdminEvent) => void audited.push(event);
  const page = createPage({ access: ownerOnly, keys, audit });
  onTestFinished(() => page.close());
  const ask = (path: string, init: RequestInit) =>
    page.fetch(new Request(`${origin}${path}`, init), { remoteAddress: "127.0.0.1" });
  const entered = await ask("/acc/session", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: page.link(origin).split("#enter=")[1] }),
  });
  const { proof } = (await entered.json()) as { proof: string };
  const cookie = entered.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const revoke = async (name: string) => {
    const headers = { cookie, "x-acc-page": proof };
    return (await ask(`/acc/keys/${name}`, { method: "DELETE", headers })).status;
  };
  const list = async () => {
    const answer = await ask("/acc/keys", { headers: { cookie, "x-acc-page": proof } });
    return (await answer.json()) as { keys: { name: string }[]; damaged?: string[] };
  };
  const outcomes = () =>
    audited.filter(({ action }) => action === "key-revoke").map(({ outcome }) => outcome);
  return { list, revoke, outcomes };
}

it("takes a key away though nothing can be told of it, of another or of what they used", async () => {
  const folder = temporaryFolder();
  const keys = fileKeys(folder);
  await addKey(keys, { name: "damaged" });
  const [file = ""] = readdirSync(folder);
  writeFileSync(join(folder, file), "{");
  await addKey(keys, { name: "whole" });
  const unreadable = async () => {
    throw new Error("The budgets cannot be read.");
  };
  const { revoke, outcomes } = await open(pageKeys(keys, { uses: unreadable }));
  expect(await revoke("whole")).toBe(200);
  expect(readdirSync(folder)).toEqual([file]);
  expect(await revoke("damaged")).toBe(200);
  expect(readdirSync(folder)).toEqual([]);
  expect(await revoke("damaged")).toBe(404);
  expect(outcomes()).toEqual(["ok", "ok", "KEY_NOT_FOUND"]);
});

it("lists the keys beside one that is damaged, and says where that is", async () => {
  const folder = temporaryFolder();
  const keys = fileKeys(folder);
  await addKey(keys, { name: "damaged" });
  const [file = ""] = readdirSync(folder);
  writeFileSync(join(folder, file), "{");
  await addKey(keys, { name: "whole" });
  const { list, revoke } = await open(pageKeys(keys, { uses: async () => [] }));
  const { keys: shown, damaged } = await list();
  expect(shown.map(({ name }) => name)).toEqual(["whole"]);
  expect(damaged).toEqual([expect.stringContaining(join(folder, file))]);
  await revoke("damaged");
  expect(await list()).not.toHaveProperty("damaged");
});

it("writes down that a key could not be taken away, or was gone already", async () => {
  const away = Object.assign(new Error("Redis does not answer."), { code: "UNAVAILABLE" });
  const answers = [() => Promise.reject(away), async () => false];
  const { revoke, outcomes } = await open({
    ...keysInMemory(),
    has: async () => true,
    revoke: async () => (answers.shift() ?? (async () => true))(),
  });
  expect(await revoke("ci")).toBe(503);
  expect(await revoke("ci")).toBe(404);
  expect(outcomes()).toEqual(["ok", "UNAVAILABLE", "ok", "KEY_NOT_FOUND"]);
});
