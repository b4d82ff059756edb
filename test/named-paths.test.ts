import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const core = join(root, "packages/dual-mode/src");
const decisions = readdirSync(join(root, "docs/decisions"));
const documents = [
  ...["ARCHITECTURE.md", "CONTRIBUTING.md"],
  ...decisions.map((name) => `docs/decisions/${name}`),
];

test.each(documents)("each file that %s names is there", (document) => {
  const text = readFileSync(join(root, document), "utf8");
  const whole = [...text.matchAll(/`(packages\/[^`*<{ ]+)`/g)].map(([, path = ""]) => path);
  const ofCore = [...text.matchAll(/`((?:engine|client|request|history|pace)\/[\w-]+\.ts)`/g)];
  const missing = [
    ...whole.filter((path) => !existsSync(join(root, path))),
    ...ofCore.map(([, path = ""]) => path).filter((path) => !existsSync(join(core, path))),
  ];
  expect(missing).toEqual([]);
});

test("the list of decisions names each of them once", () => {
  const list = readFileSync(join(root, "docs/decisions/README.md"), "utf8");
  const linked = [...list.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, name]) => name);
  expect(linked.sort()).toEqual(decisions.filter((name) => name !== "README.md").sort());
});
