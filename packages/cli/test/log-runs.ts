import { expect } from "vitest";
import { none, type Runs, text } from "./command-run.ts";

export const logRuns: Runs = {
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
};
