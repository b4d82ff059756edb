import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { newerThanTried } from "../packages/cli/src/doctor/tried-versions.ts";
import triedVersions from "../tried-versions.json" with { type: "json" };
import { root } from "./dependency-rule/workspace.ts";

const { clis, sdks, clients, on } = triedVersions;
const read = (path: string) => readFileSync(join(root, path), "utf8");
const readme = (provider: string) => read(`packages/${provider}/README.md`);

test("the end-to-end tests drive versions that the list names", () => {
  const { dependencies } = JSON.parse(read("e2e/package.json")) as {
    dependencies: Record<string, string>;
  };
  const driven = Object.entries(dependencies).map(([name, version]) => {
    const [, alias = name, pinned = version] = /^npm:(.+)@(.+)$/.exec(version) ?? [];
    return { name: alias, version: pinned };
  });
  const tried = new Map<string, readonly string[]>([
    ...Object.values(clis).map((cli) => [cli.package, cli.tried] as const),
    ...Object.entries(sdks),
    ...Object.entries(clients),
  ]);
  expect(driven.length).toBeGreaterThan(3);
  for (const { name, version } of driven) expect(tried.get(name), name).toContain(version);
});

test.each([
  ["claude", "@anthropic-ai/sdk"],
  ["gemini", "@google/genai"],
  ["gemini", "@google/generative-ai"],
  ["groq", "groq-sdk"],
  ["openai", "openai"],
] as const)(
  "the SDK that @acc/%s is tested with, %s, is one that the list names",
  (provider, sdk) => {
    const require = createRequire(join(root, `packages/${provider}/package.json`));
    let folder = dirname(require.resolve(sdk));
    for (;;) {
      const manifest = manifestIn(folder);
      if (manifest.name === sdk) {
        expect(sdks[sdk]).toContain(manifest.version);
        return;
      }
      folder = dirname(folder);
    }
  },
);

function manifestIn(folder: string): { readonly name?: string; readonly version?: string } {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  } catch {
    return {};
  }
}

test("docs/modes.md says the list, and no more", () => {
  const modes = read("docs/modes.md");
  const rows = modes.split("\n").filter((line) => /^\| `.*\d+\.\d+\.\d+/.test(line));
  const told = rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  expect(told).toEqual([
    ...Object.values(clis).map(({ package: name, tried, oldest, bad }) => [
      `\`${name}\``,
      tried.join(", "),
      oldest,
      Object.keys(bad).join(", "),
    ]),
    ...Object.entries(sdks).map(([name, tried]) => [`\`${name}\``, tried.join(", "), "", ""]),
  ]);
  expect(modes).toContain(on);
});

test("a provider's README and the guide of platform teams name the oldest version", () => {
  for (const [provider, { oldest }] of Object.entries(clis)) {
    expect(readme(provider)).toContain(`\`${provider}\` of version ${oldest} or later`);
    expect(read("docs/platform-teams.md")).toContain(oldest);
  }
});

test("a version that is newer than those tried is told as such", () => {
  const newest = clis.claude.tried.at(-1) as string;
  expect(newerThanTried("claude", newest)).toEqual([]);
  expect(newerThanTried("claude", "2.0.99")).toEqual([]);
  expect(newerThanTried("claude", "9.0.0")).toEqual([
    `newer than ${newest}, the newest that was tried`,
  ]);
  expect(newerThanTried("somebody's", "9.0.0")).toEqual([]);
});
