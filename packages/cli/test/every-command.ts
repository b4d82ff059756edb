import type { Command } from "commander";
import { expect } from "vitest";
import { createProgram } from "../src/program.ts";

/** One run of a command, and how it has to end. */
export interface Run {
  readonly args: readonly string[];
  readonly stdin?: string;
  readonly code?: number;
  /** The whole of it. */
  readonly stdout: RegExp;
  readonly stderr: RegExp;
  /** The document that `--json` prints; absent where the command has no such flag. */
  readonly json?: unknown;
}

const none = /^$/;
const text = expect.any(String);
const count = expect.any(Number);
const place = expect.objectContaining({ path: text, exists: expect.any(Boolean) });

/** A run of every command, on a machine with the key groq_api_key and one answer. */
export const runs = (file: (name: string) => string): Readonly<Record<string, Run>> => ({
  chat: {
    args: ["-p", "claude", "kept"],
    stdout: /^A decorator is .*\n$/,
    stderr: none,
    json: expect.objectContaining({ text, cached: true, provider: "claude", cid: text }),
  },
  "batch worker": {
    args: [],
    code: 2,
    stdout: none,
    stderr: /^acc: The queue is missing\. \(WRONG_USAGE\)\nName it: --queue redis:.*\n$/,
  },
  doctor: {
    args: [],
    stdout: /^claude {2}ready[\s\S]*groq {2}ready[\s\S]*files on this machine\n/,
    stderr: none,
    json: {
      providers: expect.any(Array),
      secrets: place,
      cache: place,
      config: place,
      server: { setting: "off", reason: expect.any(String) },
      findings: [],
    },
  },
  "secrets set": {
    args: ["other_api_key"],
    stdin: "value-of-another",
    stdout: none,
    stderr: /^acc: other_api_key is stored\.\n$/,
  },
  "secrets get": {
    args: ["groq_api_key"],
    stdout: /^groq_api_key {2}\[redacted\] {2}from store\n$/,
    stderr: /^acc: --reveal shows the value\.\n$/,
    json: { name: "groq_api_key", source: "store", version: 1, value: "[redacted]" },
  },
  "secrets list": {
    args: [],
    stdout: /^acc_log_key_[0-9a-f]{8}\ngroq_api_key\n$/,
    stderr: none,
    json: { names: [expect.stringMatching(/^acc_log_key_/), "groq_api_key"] },
  },
  "secrets stores": {
    args: [],
    stdout: /^store +where +state[\s\S]*file +\S+acc-secrets\.json +there +used\n/,
    stderr: none,
    json: {
      stores: expect.arrayContaining([
        expect.objectContaining({ store: "file", state: "there", used: true }),
      ]),
    },
  },
  "secrets delete": {
    args: ["groq_api_key"],
    stdout: none,
    stderr: /^acc: groq_api_key is deleted\.\n$/,
  },
  "secrets rotate": {
    args: ["groq_api_key", "--no-test"],
    stdin: "value-of-another",
    stdout: none,
    stderr: /^acc: groq_api_key has a new value, version 2\.\n/,
    json: expect.objectContaining({ name: "groq_api_key", version: 2 }),
  },
  "secrets import": {
    args: ["--env", file("some.env")],
    stdout: none,
    stderr: /^acc: hf_token is stored\.\nacc: groq_api_key was left out: another value .*\n$/,
    json: {
      imported: ["hf_token"],
      unchanged: [],
      skipped: [{ name: "groq_api_key", code: "NAME_CONFLICT" }],
    },
  },
  "secrets export": {
    args: [],
    code: 2,
    stdout: none,
    stderr: /^acc: An export shows every value\. \(WRONG_USAGE\)\n/,
    json: { error: expect.objectContaining({ code: "WRONG_USAGE", fix: text }) },
  },
  "secrets exec": {
    args: ["-s", "groq_api_key", "--", process.execPath, "-e", "console.log(7)"],
    stdout: /^7\n$/,
    stderr: none,
  },
  "secrets keys list": {
    args: [],
    stdout: /^[0-9a-f]+ {2}file\n$/,
    stderr: none,
    json: { keys: [{ id: text, provider: "file" }] },
  },
  "secrets keys add": {
    args: [`file:${file("another.key")}`],
    stdout: none,
    stderr: /^acc: The file key [0-9a-f]+ now opens the store\.\n$/,
  },
  "secrets keys remove": {
    args: ["nobody"],
    code: 1,
    stdout: none,
    stderr: /^acc: There is no key nobody; .* \(KEY_NOT_FOUND\)\n$/,
  },
  "secrets recover": {
    args: [],
    code: 1,
    stdout: none,
    stderr: /^acc: The store .* is good: nothing to recover\. \(NOTHING_TO_RECOVER\)\n/,
  },
  "secrets audit": {
    args: [],
    stdout:
      /^\S+ {2}\S+ {2}set {2}groq_api_key {2}ok\n.* acc_log_key_.*\n2 lines, all as they were written\.\n$/,
    stderr: none,
    json: expect.objectContaining({
      ok: true,
      lines: 2,
      problems: [],
      entries: expect.arrayContaining([
        expect.objectContaining({ action: "set", name: "groq_api_key", outcome: "ok" }),
      ]),
    }),
  },
  "secrets roles list": { args: [], stdout: none, stderr: none, json: { roles: {} } },
  "secrets roles set": {
    args: ["ci", file("rules.json")],
    stdout: none,
    stderr: /^acc: The role ci has 1 rule\.\n$/,
  },
  "secrets roles remove": {
    args: ["ci"],
    stdout: none,
    stderr: /^acc: The role ci now has no rights\.\n$/,
  },
  "cache stats": {
    args: [],
    stdout: /^1 asked, 0 % answered from the cache\nhits[\s\S]*\nclaude +0 +1 +0\.0 s +1 +░+\n$/,
    stderr: none,
    json: expect.objectContaining({
      hits: 0,
      misses: 1,
      byProvider: { claude: { hits: 0, misses: 1, joined: 0, savedMs: 0, savedCost: 0, kept: 1 } },
    }),
  },
  "cache list": {
    args: [],
    stdout: /^cid +provider +model +kept +answer\nbafy\S+ +claude .*\n$/,
    stderr: none,
    json: { answers: [expect.objectContaining({ cid: text, provider: "claude", bytes: count })] },
  },
  "cache show": {
    args: ["bafy"],
    stdout: /^cid +bafy\S+\n[\s\S]*\n\nA decorator is .*\n$/,
    stderr: none,
    json: expect.objectContaining({ cid: text, provider: "claude", text, storedAt: text }),
  },
  "cache verify": {
    args: [],
    stdout: /^checked +1\nsound +1\n/,
    stderr: none,
    json: expect.objectContaining({ checked: 1, sound: 1, damaged: 0 }),
  },
  "cache prune": {
    args: [],
    stdout: /^expired +0\nevicted +0\n$/,
    stderr: none,
    json: { expired: 0, evicted: 0 },
  },
  "cache clear": {
    args: [],
    stdout: none,
    stderr: /^acc: Removed answers: 1\.\n$/,
    json: { removed: 1 },
  },
  "cache export": {
    args: [file("kept.car")],
    stdout: /^answers +1\nrequests +1\n$/,
    stderr: none,
    json: { file: text, answers: 1, requests: 1 },
  },
  "cache import": {
    args: [file("some.md")],
    code: 1,
    stdout: none,
    stderr: /^acc: .*some\.md cannot be read as a CAR file: .* \(CAR_DAMAGED\)\n/,
    json: { error: expect.objectContaining({ code: "CAR_DAMAGED", fix: text }) },
  },
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
  "serve keys add": {
    args: ["ci", "--rpm", "60", "--budget-usd", "5/day", "--models", "claude/*,fast"],
    stdout: /^sk-acc-[0-9a-f]{16}-[\w-]{43}\n$/,
    stderr: /^acc: ci is created\. Its token is shown only now; the server keeps its hash\.\n$/,
    json: {
      token: text,
      key: expect.objectContaining({
        ...{ name: "ci", rpm: 60, budget: { usd: 5, per: "day" }, models: ["claude/*", "fast"] },
      }),
    },
  },
  "serve keys list": {
    args: [],
    stdout: /^name +tenant +rpm +tpm +budget +ends +models\n$/,
    stderr: none,
    json: { keys: [] },
  },
  "serve keys revoke": {
    args: ["nobody"],
    code: 1,
    stdout: none,
    stderr: /^acc: There is no key nobody\. \(KEY_NOT_FOUND\)\n/,
  },
  "serve env": {
    args: [],
    stdout: /^(?:export (?:OPENAI|ANTHROPIC|GROQ)_[A-Z_]+='[^'\n]+'\n)+$/,
    stderr: none,
    json: expect.objectContaining({ OPENAI_BASE_URL: "http://127.0.0.1:4141/v1" }),
  },
  "serve link": {
    args: ["--port", "1"],
    code: 1,
    stdout: none,
    stderr: /^acc: No server answers at http:\/\/127\.0\.0\.1:1\. \(NO_SERVER\)\n/,
    json: { error: expect.objectContaining({ code: "NO_SERVER", fix: text }) },
  },
  run: {
    args: ["--", process.execPath, "-e", "console.log(7)"],
    stdout: /^7\n$/,
    stderr: none,
  },
  "mcp install": {
    args: ["claude", "--yes"],
    stdout: /^Claude Code, in .*\.claude\.json:\n\{[\s\S]*"mcp"[\s\S]*\}\n$/,
    stderr: /^acc: It is written\. Claude Code reads it when it starts\.\n$/,
    json: {
      agent: "claude",
      path: text,
      entry: { type: "stdio", command: process.execPath, args: [text, "mcp"] },
      changed: true,
    },
  },
  "templates list": {
    args: [],
    stdout: /^template +wants +begins\nreview +diff +Review this diff:\n$/,
    stderr: none,
    json: {
      folder: text,
      templates: [{ name: "review", path: text, params: ["diff"], begins: "Review this diff:" }],
    },
  },
  "templates show": {
    args: ["review"],
    stdout: /^Review this diff:\n\{\{diff\}\}\n$/,
    stderr: none,
  },
  "templates add": {
    args: ["other", file("some.md")],
    stdout: none,
    stderr: /^acc: The template is .*other\.md\. Use it: acc chat -t other\n$/,
  },
  "log list": {
    args: [],
    stdout: /^id +last +provider +turns +begins\n[0-9a-z]{8} +.* ago +claude +1 +kept\n$/,
    stderr: none,
    json: {
      conversations: [
        expect.objectContaining({ provider: "claude", turns: 1, failed: 0, begins: "kept" }),
      ],
    },
  },
  "log show": {
    args: [],
    stdout: /^[0-9a-z]{8}, 1 turn\n\n.*claude.*\n> kept\nA decorator is .*\n$/,
    stderr: none,
    json: {
      id: text,
      turns: [expect.objectContaining({ provider: "claude", messages: expect.any(Array) })],
    },
  },
  "log search": {
    args: ["DECORATOR", "kept"],
    stdout: /^id +asked +provider +where\n[0-9a-z]{8} +.* claude +kept A decorator is .*\n$/,
    stderr: none,
    json: { found: [expect.objectContaining({ id: text, provider: "claude", excerpt: text })] },
  },
  "log export": {
    args: [],
    stdout:
      /^# Conversation [0-9a-z]{8}\n\n## You, .*\n\nkept\n\n## claude .*\n\nA decorator is .*\n$/,
    stderr: none,
    json: { conversations: [expect.objectContaining({ id: text, turns: expect.any(Array) })] },
  },
  "log delete": {
    args: ["--all", "--yes"],
    stdout: none,
    stderr: /^acc: Deleted conversations: 1\.\n$/,
    json: { deleted: [text] },
  },
  "log init": {
    args: [],
    stdout: none,
    stderr:
      /^acc: Texts are saved from now on, encrypted with the secret acc_log_key_[0-9a-f]{8}\.\n$/,
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
});

/** Every command of the program, with the words that call it. */
export function everyCommand(): readonly { readonly words: string; readonly command: Command }[] {
  return below(createProgram("0.0.0"), []);
}

/** Those that do something; the others only hold some. */
export function doers(): ReturnType<typeof everyCommand> {
  return everyCommand().filter(({ command }) => command.commands.length === 0);
}

function below(parent: Command, before: readonly string[]): ReturnType<typeof everyCommand> {
  return parent.commands.flatMap((command) => {
    const words = [...before, command.name()];
    return [{ words: words.join(" "), command }, ...below(command, words)];
  });
}

export function hasJson(command: Command): boolean {
  return command.options.some((option) => option.long === "--json");
}
