import { expect } from "vitest";
import { count, none, type Runs, text } from "./command-run.ts";

export const settingsRuns: Runs = {
  models: {
    args: ["-p", "gemini"],
    stdout: /^provider +model +listed by\n(?:gemini +\S+ +this package.*\n)+$/,
    stderr: /MISSING_CREDENTIALS/,
    json: { models: [expect.objectContaining({ provider: "gemini", known: expect.any(Array) })] },
  },
  "providers list": {
    args: [],
    stdout: /^provider +from +kind [\s\S]*\nclaude +acc +built in\n[\s\S]*by name only: ollama, /,
    stderr: none,
    json: { providers: expect.any(Array), presets: expect.arrayContaining(["ollama"]) },
  },
  "providers add": {
    args: ["ollama", "--model", "llama3.2"],
    stdout: none,
    stderr: /^acc: ollama is added, compatible with ollama: .*config\.json\n/,
    json: { name: "ollama", compatible: "ollama", model: "llama3.2", path: text },
  },
  "providers remove": {
    args: ["claude"],
    code: 2,
    stdout: none,
    stderr: /^acc: claude comes with acc: there is nothing to remove\. \(NOT_ADDED\)\n/,
    json: { error: expect.objectContaining({ code: "NOT_ADDED", fix: text }) },
  },
  "providers test": {
    args: ["claude", "--only", "sdk"],
    stdout: /^✓ sdk: a chat gives [\s\S]*\nIt took 3 calls: \d+ tokens in, \d+ out/,
    stderr: /^acc: claude is tested with short real calls; they may cost money\.\n$/,
    json: {
      provider: "claude",
      rules: expect.any(Array),
      spent: expect.objectContaining({ calls: 3, inputTokens: count, outputTokens: count }),
    },
  },
  "config explain": {
    args: [],
    stdout: /^setting +value +from\nprovider [\s\S]*\nfile: .*config\.json \(none yet;/,
    stderr: none,
    json: {
      path: text,
      exists: false,
      settings: expect.any(Array),
      providers: [],
      secrets: "file",
    },
  },
  "config set": {
    args: ["logAge", "30d"],
    stdout: none,
    stderr: /^acc: logAge is 30d now: .*config\.json\n$/,
    json: { name: "logAge", value: "30d", path: text },
  },
  "config unset": {
    args: ["logAge"],
    stdout: none,
    stderr: /^acc: logAge is unset: .*config\.json\n$/,
  },
  "config init": { args: [], stdout: none, stderr: /^acc: .*config\.json is written;.*\n$/ },
};
