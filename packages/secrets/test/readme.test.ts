import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const snippets = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1] ?? "");

/** As `console.log` prints it, but for quotes and the spaces inside an array. */
const plain = (text: string): string =>
  text.replaceAll(/["']/g, "").replaceAll(/\[ | \]/g, (edge) => edge.trim());

test("the README has snippets", () => expect(snippets.length).toBeGreaterThan(8));

test.each(snippets)("snippet %# runs, and prints what its comments say", (snippet) => {
  const home = temporaryFolder();
  const file = join(home, "snippet.mts");
  mkdirSync(join(home, "config"), { mode: 0o700 });
  writeFileSync(file, snippet);
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", "tsx", file], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: join(home, "config") },
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
  const promised = [...snippet.matchAll(/^console\.log\(`?.*\); \/\/ (.*)$/gm)].map(
    (one) => one[1],
  );
  for (const text of promised) {
    const [first = ""] = (text ?? "").split(/, (?:or|for) /);
    expect(plain(stdout)).toContain(plain(first));
  }
});
