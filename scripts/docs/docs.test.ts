import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { unknownCommands } from "./commands.ts";
import { brokenLinks } from "./links.ts";
import { codeBlocks } from "./markdown.ts";
import type { NotRun } from "./not-run.ts";
import { runBlock } from "./run-block.ts";
import { shellBlocks, unparsable } from "./shell-commands.ts";
import { unclaimedBlocks } from "./unclaimed-blocks.ts";
import { unknownFlags } from "./unknown-flags.ts";

const fence = "```";

test("code blocks are found with their language and line", () => {
  const markdown = `# A\n\n${fence}ts\nconst a = 1;\n\nconst b = 2;\n${fence}\ntext\n${fence}\nplain\n${fence}\n`;
  expect(codeBlocks(markdown)).toEqual([
    { fence, language: "ts", line: 4, code: "const a = 1;\n\nconst b = 2;" },
    { fence, language: "", line: 10, code: "plain" },
  ]);
});

test("links to missing files and headings are found, those in code are not links", () => {
  const markdown = [
    "# The title, once",
    "[here](#the-title-once) [web](https://example.com) [file](package.json)",
    "[gone](docs/none.md)",
    "[no heading](#nowhere)",
    "`[code](docs/code.md)`",
    fence,
    "[code](docs/code.md)",
    fence,
  ].join("\n");
  expect(brokenLinks("README.md", markdown)).toEqual([
    "README.md:3 links to what is not there: docs/none.md",
    "README.md:4 links to what is not there: #nowhere",
  ]);
});

test("scripts that do not exist are found in shell blocks", () => {
  const markdown = [
    `${fence}sh`,
    "npx -y pnpm@12.21.0 start   # pnpm in a comment",
    "pnpm install --frozen-lockfile",
    "pnpm run nothing",
    fence,
  ].join("\n");
  expect(unknownCommands("README.md", markdown, new Set(["start"]))).toEqual([
    "README.md:4 runs what is not there: pnpm nothing",
  ]);
});

test("commands are taken from shell blocks, and those that bash cannot parse are found", () => {
  const markdown = [`${fence}sh`, "ls   # here", "", "echo 'open", fence, fence, "ls", fence].join(
    "\n",
  );
  const [commands = [], ...others] = shellBlocks("README.md", markdown);
  expect(others).toEqual([]);
  expect(commands).toEqual([
    { at: "README.md:2", text: "ls" },
    { at: "README.md:4", text: "echo 'open" },
  ]);
  expect(unparsable(commands)).toEqual([expect.stringMatching(/^README.md:4 is no command/)]);
});

test("a block that is run fails where one of its commands does, and goes on in its folder", async () => {
  const block = (...texts: string[]) =>
    texts.map((text, index) => ({ at: `packages/a/README.md:${index + 1}`, text }));
  const nowhere = "http://127.0.0.1:9";
  expect(await runBlock(block("mkdir here", "cd here", "pwd | grep here$"), nowhere)).toEqual([]);
  expect(await runBlock(block("git diff | grep two", "acc --version"), nowhere)).toEqual([]);
  const [problem, ...others] = await runBlock(block("true", "false | cat", "true"), nowhere);
  expect(others).toEqual([]);
  expect(problem).toMatch(/^packages\/a\/README.md:2 ended with 1/);
  const unknown = await runBlock(block("acc chat --no-such-flag"), nowhere);
  expect(unknown[0]).toContain("--no-such-flag");
});

test.each(["packages/a/README.md:1", "docs/guide/a.md:1"])(
  "a block for users at %s leaves nothing in the repository",
  async (at) => {
    const block = [{ at, text: "git diff | grep two" }];
    expect(await runBlock(block, "http://127.0.0.1:9")).toEqual([]);
  },
);

test("flags of a command that is not run are looked for in what its program says", () => {
  const command = { at: "README.md:1", text: "tool --known 1 --unknown" };
  const says: NotRun = {
    command: command.text,
    reason: "",
    flags: ["echo", "--known --unknown-too"],
  };
  expect(unknownFlags(command, says)).toEqual([
    "README.md:1 has a flag that its program does not know: --unknown",
  ]);
  expect(unknownFlags(command, { command: command.text, reason: "" })).toHaveLength(1);
  expect(unknownFlags({ at: "", text: "tool -y here" }, { command: "", reason: "" })).toEqual([]);
});

test("blocks in a language that nothing checks are found, unless they are a file of the examples", () => {
  const block = (code: string) => `${fence}typescript\n${code}\n${fence}\n`;
  const file = readFileSync("examples/stream.ts", "utf8").trimEnd();
  const documents = new Map([["README.md", `${block("const a = 1;")}${block(file)}`]]);
  expect(unclaimedBlocks(documents)).toEqual(["README.md:2 is typescript that nothing checks"]);
});
