import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CanonicalRequest, RunContext, Tool } from "@acc/dual-mode/provider";
import { afterEach, beforeEach } from "vitest";
import { outcomeOf, runContext } from "../../../test/played/run-context.ts";
import { cli } from "../src/cli/mode.ts";
import { command, event, usage } from "./cli-run-scene.ts";

export const text = (said: string) => ({ type: "text", text: said }) as const;
export const weather: Tool = {
  name: "get_weather",
  description: "Tells the weather.",
  inputSchema: { properties: { city: { type: "string" } } },
};
export const request: CanonicalRequest = {
  model: "claude-sonnet-5-5",
  messages: [{ role: "user", content: [text("What weather?")] }],
  tools: [weather],
};

export const begun = event({
  type: "message_start",
  message: { id: "msg_1", model: "played", usage },
});
export const said = (reason: string) => [
  event({ type: "message_delta", delta: { stop_reason: reason }, usage }),
  event({ type: "message_stop" }),
];
export const call = (index: number, name: string, ...pieces: string[]) => [
  event({
    type: "content_block_start",
    index,
    content_block: { type: "tool_use", id: `toolu_${index}`, name, input: {} },
  }),
  ...pieces.map((partial_json) =>
    event({
      type: "content_block_delta",
      index,
      delta: { type: "input_json_delta", partial_json },
    }),
  ),
  event({ type: "content_block_stop", index }),
];
export const ended = (subtype: string) => ({
  ...{ type: "result", subtype, is_error: true, num_turns: 2, stop_reason: "tool_use" },
  ...{ total_cost_usd: 0.25, usage: { input_tokens: 0, output_tokens: 0 } },
});
export const called = [
  { type: "system", subtype: "init", tools: ["mcp__acc__get_weather"] },
  begun,
  ...call(0, "mcp__acc__get_weather", '{"city"', ':"Graz"}'),
  ...said("tool_use"),
];

export interface Play {
  readonly lines?: readonly object[];
  readonly asked?: CanonicalRequest;
  readonly context?: Partial<RunContext<object>>;
}

export function cliToolsScene() {
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "acc-claude-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function play({ lines = [...called, ended("error_max_turns")], ...given }: Play = {}) {
    const { asked = request, context = {} } = given;
    const record = join(folder, "record.json");
    const cliEnv = { PLAY_LINES: JSON.stringify(lines), PLAY_RECORD: record, PLAY_EXIT: "1" };
    const usual = { command, version: "2.1.330", cliEnv };
    const outcome = await outcomeOf(
      cli.run(asked, runContext("http://127.0.0.1:9", { ...usual, ...context })),
    );
    return { ...outcome, given: () => JSON.parse(readFileSync(record, "utf8")) };
  }

  return { play };
}
