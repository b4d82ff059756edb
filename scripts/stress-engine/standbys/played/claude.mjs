#!/usr/bin/env node
// Speaks as Claude Code does, and waits for its message as that does.
import { createInterface } from "node:readline";
import { play } from "./play.mjs";

const usage = { input_tokens: 11, output_tokens: 7 };
const line = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
const event = (content) => line({ type: "stream_event", event: content });
const result = (members) =>
  line({ type: "result", subtype: "success", num_turns: 1, usage, ...members });

function begin() {
  line({ type: "system", subtype: "init" });
  event({ type: "message_start", message: { id: "m", model: "played", usage } });
  event({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } });
}

function say(text) {
  begin();
  event({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } });
  event({ type: "content_block_stop", index: 0 });
  event({ type: "message_delta", delta: { stop_reason: "end_turn" }, usage });
  event({ type: "message_stop" });
  result({ is_error: false, result: text, stop_reason: "end_turn" });
}

function refuse() {
  const said = "API Error: 529 Overloaded";
  const message = { model: "<synthetic>", content: [{ type: "text", text: said }] };
  line({ type: "assistant", error: "server_error", message });
  result({ is_error: true, result: said, api_error_status: 529 });
  process.exitCode = 1;
}

if (process.argv[2] === "--version") {
  process.stdout.write("2.1.330 (Claude Code)\n");
} else {
  line({ type: "system", subtype: "ui_invalidate", event: "ui.render" });
  for await (const told of createInterface({ input: process.stdin })) {
    const { message } = JSON.parse(told);
    await play(message.content.map(({ text }) => text).join(""), { begin, say, refuse });
  }
}
