#!/usr/bin/env node
// Speaks as Gemini CLI does: asks with all that its stdin has said, once that has ended.
import { readFileSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { play } from "./play.mjs";

const stats = { input_tokens: 1, output_tokens: 1 };
const line = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
const begin = () => line({ type: "init", session_id: "1", model: "played" });

function say(content) {
  begin();
  line({ type: "message", role: "assistant", content, delta: true });
  line({ type: "result", status: "success", stats });
  const { GEMINI_CLI_HOME: home } = process.env;
  const settings = `${home}/.gemini/settings.json`;
  const { telemetry } = JSON.parse(readFileSync(settings, "utf8"));
  writeFileSync(telemetry.outfile, '"finish_reasons": ["stop"]');
}

function refuse() {
  begin();
  const error = { type: "ApiError", message: "503 The model is overloaded." };
  line({ type: "result", status: "error", error, stats });
  process.exitCode = 1;
}

if (process.argv[2] === "--version") process.stdout.write("0.61.0\n");
else await play(await text(process.stdin), { begin, say, refuse });
