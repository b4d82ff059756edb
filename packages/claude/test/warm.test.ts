import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ClientEvent, ClientOptions } from "@acc/dual-mode";
import { expect, it, vi } from "vitest";
import { ownFolders } from "../../../test/played/own-folders.ts";
import { createClaude } from "../src/create-claude.ts";

const command = fileURLToPath(new URL("fixtures/waiting-claude.mjs", import.meta.url));
const folders = ownFolders();
const record = () => join(folders.home, "record");

function open(options: ClientOptions) {
  const given = { apiKey: "dummy", secrets: false, cache: false, only: "cli" } as const;
  const cli = { env: { PLAY_RECORD: record() } };
  return createClaude({ ...given, cliPath: command, cli, ...options });
}

/** The arguments of the processes so far, without those that name this run's own files. */
function started(): readonly string[] {
  const lines = existsSync(record()) ? readFileSync(record(), "utf8").trimEnd().split("\n") : [];
  return lines.map((line) => line.replaceAll(/"[^"]*\/acc-run-[^"]*"/g, '"FILE"'));
}

it("the second call of a kind is answered by a process that has waited", async () => {
  const events: ClientEvent[] = [];
  await using client = open({ standby: 1, onEvent: (event) => events.push(event) });
  const first = await client.chat("one");
  await vi.waitFor(() => expect(started()).toHaveLength(2), { timeout: 20_000 });
  const second = await client.chat("two");
  expect(first.text).toBe("heard\none");
  expect(second).toMatchObject({ text: "heard\ntwo", warm: true });
  expect(first).not.toHaveProperty("warm");
  const ends = events.flatMap((event) => (event.type === "attempt-end" ? event.attempt.warm : []));
  expect(ends).toEqual([undefined, true]);
  expect(second.attempts).toMatchObject([{ warm: true }]);
});

it("every process is started alike, by flags that take its message later", async () => {
  await using client = open({ standby: 1 });
  await client.chat("one");
  await vi.waitFor(() => expect(started()).toHaveLength(2), { timeout: 20_000 });
  const [cold, ahead] = started();
  expect(ahead).toBe(cold);
  expect(cold).toContain('"--input-format","stream-json"');
});

it("status tells how many wait; close ends them", async () => {
  const client = open({ standby: { count: 2, ttl: 60_000 } });
  await client.chat("one");
  await vi.waitFor(() => expect(started()).toHaveLength(3), { timeout: 20_000 });
  expect(await client.status()).toMatchObject([{ standby: { count: 2, waiting: 2 } }]);
  await client.close();
  expect(readdirSync(join(folders.home, "temp"))).toEqual([]);
});

it.each([-1, 1.5, 17, { count: 1, ttl: 300_001 }, { ttl: 5 }, true])(
  "standby: %j is refused by its name",
  (standby) => {
    const create = () => open({ standby: standby as number });
    expect(create).toThrow(expect.objectContaining({ code: "INVALID_REQUEST" }));
    expect(create).toThrow(/standby/);
  },
);
