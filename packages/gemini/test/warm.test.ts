import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, vi } from "vitest";
import { ownFolders } from "../../../test/played/own-folders.ts";
import { createGemini } from "../src/create-gemini.ts";

const command = fileURLToPath(new URL("fixtures/gemini.mjs", import.meta.url));
const folders = ownFolders();

const lines = [
  { type: "init", session_id: "1", model: "played" },
  { type: "message", role: "assistant", content: "Hello", delta: true },
  { type: "result", status: "success", stats: { input_tokens: 1, output_tokens: 1 } },
];

function open() {
  return createGemini({
    apiKey: "dummy",
    secrets: false,
    cache: false,
    only: "cli",
    cliPath: command,
    standby: 1,
    cli: {
      env: {
        PLAY_VERSION: "0.61.0",
        PLAY_LINES: JSON.stringify(lines),
        PLAY_RECORD: join(folders.home, "record"),
        PLAY_REPORT: '"finish_reasons": ["stop"]',
      },
    },
  });
}

/** Once as many processes wait as the client says. */
async function waits(client: ReturnType<typeof open>, waiting: number): Promise<void> {
  await vi.waitFor(
    async () => expect(await client.status()).toMatchObject([{ standby: { waiting } }]),
    { timeout: 20_000 },
  );
}

const told = () => JSON.parse(readFileSync(join(folders.home, "record"), "utf8")).stdin;

it("a question is answered by a process that was held by the first byte of its prompt", async () => {
  await using client = open();
  expect(await client.chat("one")).not.toHaveProperty("warm");
  expect(told()).toBe("\none");
  await waits(client, 1);
  // The second is taken also by one that is still being started, or is made as the first was.
  await vi.waitFor(
    async () => expect(await client.chat("two")).toMatchObject({ text: "Hello", warm: true }),
    { timeout: 20_000 },
  );
  expect(told()).toBe("\ntwo");
});

it("no process waits for a conversation, of which it would have to know all that was said", async () => {
  await using client = open();
  const messages = [
    { role: "user", content: "one" },
    { role: "assistant", content: "two" },
    { role: "user", content: "three" },
  ] as const;
  await client.chat({ messages });
  await waits(client, 0);
  expect(told()).toBe("\nthree");
});
