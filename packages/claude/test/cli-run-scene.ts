import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CanonicalRequest, RunContext } from "@acc/dual-mode/provider";
import { afterEach, beforeEach } from "vitest";
import { outcomeOf, runContext } from "../../../test/played/run-context.ts";
import { cli } from "../src/cli/mode.ts";

export const command = fileURLToPath(new URL("fixtures/claude.mjs", import.meta.url));

export const request: CanonicalRequest = {
  model: "claude-sonnet-5-5",
  system: "Be brief.",
  messages: [{ role: "user", content: [{ type: "text", text: "/cost" }] }],
};

export interface Play {
  readonly lines?: readonly (object | string)[];
  readonly exit?: number;
  readonly stderr?: string;
  readonly stays?: boolean;
  readonly asked?: CanonicalRequest;
  readonly context?: Partial<RunContext<object>>;
}

export function optionOf(args: readonly string[], name: string): string | undefined {
  return args[args.indexOf(name) + 1];
}

export const event = (inner: object) => ({ type: "stream_event", event: inner });
const delta = (text: string) =>
  event({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } });
export const usage = { input_tokens: 11, output_tokens: 7 };
export const result = {
  type: "result",
  subtype: "success",
  is_error: false,
  num_turns: 1,
  result: "Hello world",
  stop_reason: "end_turn",
  total_cost_usd: 0.25,
  usage,
};
export const answer = [
  event({ type: "message_start", message: { id: "msg_1", model: "played", usage } }),
  delta("Hello"),
  delta(" world"),
  event({ type: "message_delta", delta: { stop_reason: "end_turn" }, usage }),
  event({ type: "message_stop" }),
  result,
];
const inputDelta = (partial_json: string) =>
  event({
    type: "content_block_delta",
    index: 1,
    delta: { type: "input_json_delta", partial_json },
  });
export const structured = [
  event({ type: "message_start", message: { id: "msg_1", model: "played", usage } }),
  delta("Here it is:"),
  event({
    type: "content_block_start",
    index: 1,
    content_block: { type: "tool_use", id: "toolu_1", name: "StructuredOutput", input: {} },
  }),
  inputDelta('{"city"'),
  inputDelta(':"Graz"}'),
  event({ type: "content_block_stop", index: 1 }),
  event({ type: "message_delta", delta: { stop_reason: "tool_use" }, usage }),
  event({ type: "message_stop" }),
  { ...result, stop_reason: "tool_use", structured_output: { city: "Graz" } },
];

export function cliScene() {
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "acc-claude-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function play(given: Play) {
    const { lines = answer, exit = 0, stderr, stays, asked = request, context = {} } = given;
    const record = join(folder, "record.json");
    const outcome = await outcomeOf(
      cli.run(
        asked,
        runContext("http://127.0.0.1:9", {
          command,
          version: "2.1.330",
          cliEnv: {
            PLAY_LINES: JSON.stringify(lines),
            PLAY_RECORD: record,
            PLAY_EXIT: String(exit),
            ...(stderr !== undefined && { PLAY_STDERR: stderr }),
            ...(stays && { PLAY_STAYS: "true" }),
          },
          ...context,
        }),
      ),
    );
    return { ...outcome, given: () => JSON.parse(readFileSync(record, "utf8")) };
  }

  return {
    get folder() {
      return folder;
    },
    play,
  };
}
