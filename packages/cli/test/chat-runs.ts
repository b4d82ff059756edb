import { expect } from "vitest";
import { none, place, type Runs, text } from "./command-run.ts";

export const chatRuns: Runs = {
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
};
