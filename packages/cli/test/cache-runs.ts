import { expect } from "vitest";
import { count, none, type Runs, text } from "./command-run.ts";

export const cacheRuns = (file: (name: string) => string): Runs => ({
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
});
