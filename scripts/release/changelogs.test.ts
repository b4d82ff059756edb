import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(import.meta.url);
const bin = require.resolve("@changesets/cli/bin.js");
const isChangeset = (name: string) => name.endsWith(".md") && name !== "README.md";

test("each changeset is one line, and no two say the same", () => {
  const folder = join(root, ".changeset");
  const lines = readdirSync(folder)
    .filter(isChangeset)
    .map((name) => readFileSync(join(folder, name), "utf8").split("---\n")[2]?.trim() ?? "");
  expect(lines.filter((line) => line === "" || line.includes("\n"))).toEqual([]);
  expect(new Set(lines).size).toBe(lines.length);
});

/** The changelogs that a release of these changesets writes, by the name of the package's folder. */
function changelogsOf(changesets: Readonly<Record<string, string>>) {
  const place = mkdtempSync(join(tmpdir(), "acc-changelogs-"));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  cpSync(join(root, ".changeset"), join(place, ".changeset"), {
    recursive: true,
    filter: (path) => !isChangeset(path),
  });
  for (const [name, content] of Object.entries(changesets))
    writeFileSync(join(place, ".changeset", name), content);
  for (const name of ["package.json", "pnpm-workspace.yaml"])
    cpSync(join(root, name), join(place, name));
  for (const name of readdirSync(join(root, "packages"))) {
    const manifest = join("packages", name, "package.json");
    cpSync(join(root, manifest), join(place, manifest));
  }
  symlinkSync(join(root, "node_modules"), join(place, "node_modules"));
  spawnSync("git", ["init", "-q"], { cwd: place });
  const run = spawnSync(process.execPath, [bin, "version"], { cwd: place, encoding: "utf8" });
  expect(run.status, run.stderr).toBe(0);
  return (name: string) =>
    readFileSync(join(place, "packages", name, "CHANGELOG.md"), "utf8").replaceAll(
      /(?<=## |` )\d+\.\d+\.\d+/g,
      "VERSION",
    );
}

test("a changelog has the changesets' lines in the order of their names, and dependencies once", () => {
  const changelogOf = changelogsOf({
    "20-late.md": `---\n"@acc/dual-mode": minor\n"@acc/prices": minor\n---\n\nThe second line.\n`,
    "10-early.md": `---\n"@acc/dual-mode": minor\n"@acc/prices": minor\n---\n\nThe first line.\n`,
  });
  expect(changelogOf("prices")).toBe(
    "# @acc/prices\n\n## VERSION\n\n### Minor Changes\n\n- The first line.\n- The second line.\n",
  );
  expect(changelogOf("batch")).toBe(
    "# @acc/batch\n\n## VERSION\n\n### Patch Changes\n\n- Updated dependencies: `@acc/dual-mode` VERSION\n",
  );
});
