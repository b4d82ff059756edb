import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { afterEach, beforeEach } from "vitest";
import { outcomeOf, runContext } from "../../../test/played/run-context.ts";
import { cli } from "../src/cli/mode.ts";

const command = fileURLToPath(new URL("fixtures/gemini.mjs", import.meta.url));

export const request: CanonicalRequest = {
  model: "gemini-2.5-flash",
  system: "Be brief.",
  messages: [{ role: "user", content: [{ type: "text", text: "/help" }] }],
};

export interface Play {
  readonly lines?: readonly (object | string)[];
  readonly exit?: number;
  readonly stderr?: string;
  readonly report?: string;
  readonly stays?: boolean;
  readonly asked?: CanonicalRequest;
}

export const answer = [
  { type: "init", session_id: "s", model: "gemini-2.5-flash" },
  { type: "message", role: "user", content: "\n/help" },
  { type: "message", role: "assistant", content: "Hello", delta: true },
  { type: "message", role: "assistant", content: " world", delta: true },
  {
    type: "result",
    status: "success",
    stats: { total_tokens: 18, input_tokens: 11, output_tokens: 7, cached: 0 },
  },
];

export function cliScene() {
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "acc-gemini-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function play(given: Play) {
    const { lines = answer, exit = 0, stderr, report, stays, asked = request } = given;
    const record = join(folder, "record.json");
    const cliEnv = {
      PLAY_LINES: JSON.stringify(lines),
      PLAY_RECORD: record,
      PLAY_EXIT: String(exit),
      ...(stderr !== undefined && { PLAY_STDERR: stderr }),
      ...(report !== undefined && { PLAY_REPORT: report }),
      ...(stays && { PLAY_STAYS: "true" }),
    };
    const context = runContext("http://127.0.0.1:9", { command, cliEnv });
    const outcome = await outcomeOf(cli.run(asked, context));
    return { ...outcome, given: () => JSON.parse(readFileSync(record, "utf8")) };
  }

  return { play };
}
