import { expect, test } from "vitest";
import { unknownCommands } from "./commands.ts";
import { brokenLinks } from "./links.ts";
import { codeBlocks } from "./markdown.ts";

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
