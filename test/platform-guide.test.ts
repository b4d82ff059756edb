import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeBlocks } from "../scripts/docs/markdown.ts";
import { type MockServer, startMockServer } from "../scripts/mock-server.ts";
import { root } from "../scripts/steps/root.ts";

const guide = readFileSync(join(root, "docs/platform-teams.md"), "utf8");
const blocks = codeBlocks(guide).filter(({ language }) => language === "ts");

/** What each block is to print, by something that stands in it. */
const prints: readonly (readonly [has: string, words: RegExp])[] = [
  ["Say hello in one word", /^A decorator is /],
  ["createShared", /^$/],
  ['tenant: "acme"', /env:GEMINI_API_KEY|GEMINI_API_KEY/],
  ["GROQ_KEYS", /^$/],
  ["verifyAudit", /^true [1-9]\d* \[\]/],
  ["attempt-end", /^$/],
  ["llm-gateway", /url: 'https:\/\/llm-gateway\.example\.com'/],
];

let vendor: MockServer;
let folder: string;
beforeAll(async () => {
  vendor = await startMockServer();
  folder = mkdtempSync(join(tmpdir(), "acc-guide-"));
  symlinkSync(join(root, "packages/cli/node_modules"), join(folder, "node_modules"));
});
afterAll(async () => {
  await vendor.close();
  rmSync(folder, { recursive: true, force: true });
});

test("every block is looked at", () => {
  expect(blocks).toHaveLength(prints.length);
});

test.each(prints)(
  "the block with %s of the guide for platform teams runs",
  async (has, words) => {
    const { code = "", line = 0 } = blocks.find((block) => block.code.includes(has)) ?? {};
    const path = join(folder, `line-${line}.mts`);
    writeFileSync(path, `${code}\n`);
    const child = spawn(process.execPath, [join(root, "node_modules/tsx/dist/cli.mjs"), path], {
      cwd: folder,
      env: {
        PATH: dirname(process.execPath),
        HOME: join(folder, `home-${line}`),
        TMPDIR: folder,
        GROQ_API_KEY: "gsk-dummy-for-the-mock-server",
        GROQ_KEYS: "gsk-dummy-of-a-pool-one,gsk-dummy-of-a-pool-two",
        GEMINI_API_KEY: "dummy-for-the-mock-server",
        GROQ_BASE_URL: vendor.url,
        GOOGLE_GEMINI_BASE_URL: vendor.url,
      },
    });
    const ended = new Promise((resolve) => child.once("close", resolve));
    const [said, wrong] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect([await ended, wrong]).toEqual([0, ""]);
    expect(said.trim()).toMatch(words);
    expect(said).not.toContain("dummy");
  },
  60_000,
);
