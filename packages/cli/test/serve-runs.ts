import { expect } from "vitest";
import { none, type Runs, text } from "./command-run.ts";

export const serveRuns: Runs = {
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
};
