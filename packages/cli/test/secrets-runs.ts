import { expect } from "vitest";
import { none, type Runs, text } from "./command-run.ts";

export const secretsRuns = (file: (name: string) => string): Runs => ({
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
});
