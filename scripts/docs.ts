import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { brokenSuites } from "./docs/broken-suites.ts";
import { unknownCommands } from "./docs/commands.ts";
import { brokenLinks } from "./docs/links.ts";
import { shellProblems } from "./docs/shell-problems.ts";
import { typeErrors } from "./docs/type-check.ts";
import { unclaimedBlocks } from "./docs/unclaimed-blocks.ts";
import { root } from "./steps/root.ts";

process.chdir(root);
const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
const commands = new Set([...Object.keys(scripts), ...readdirSync("node_modules/.bin")]);
const documents = new Map(trackedDocuments().map((file) => [file, readFileSync(file, "utf8")]));

const problems = [
  ...[...documents].flatMap(([file, markdown]) => [
    ...brokenLinks(file, markdown),
    ...unknownCommands(file, markdown, commands),
  ]),
  ...typeErrors(documents),
  ...unclaimedBlocks(documents),
  ...brokenSuites(["docs/write-a-store.md"]),
  ...(await shellProblems(documents)),
];
console.log([...problems, `${documents.size} documents, ${problems.length} problems`].join("\n"));
if (documents.size === 0 || problems.length > 0) process.exitCode = 1;

function trackedDocuments(): string[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"];
  const { stdout } = spawnSync("git", args, { encoding: "utf8" });
  return [...new Set(stdout.split("\n"))].filter((file) => file && !file.endsWith("CHANGELOG.md"));
}
