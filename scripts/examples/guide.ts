import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CodeBlock, codeBlocks } from "../docs/markdown.ts";
import { root } from "../steps/root.ts";
import { claudeKey, type ExampleRun, geminiKey } from "./runs.ts";

/**
 * Writes each program of the guide to a file of its own, where it finds the packages as the examples
 * do. The block of text behind a program is what it prints.
 */
export function guidePrograms(): ExampleRun[] {
  const folder = join(root, "reports", "guide");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(root, "examples", "node_modules"), join(folder, "node_modules"), "junction");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  const guide = join(root, "docs", "guide");
  return readdirSync(guide).flatMap((name) => {
    const blocks = codeBlocks(readFileSync(join(guide, name), "utf8"));
    return blocks.flatMap((block, index) => {
      if (block.language !== "ts") return [];
      const file = join(folder, `${name}-${block.line}.ts`);
      writeFileSync(file, `${block.code}\n`);
      const place = `docs/guide/${name}:${block.line}`;
      const prints = printed(blocks[index + 1], place);
      return [{ file, given: place, env: { ...claudeKey, ...geminiKey }, prints, exitCode: 0 }];
    });
  });
}

function printed(block: CodeBlock | undefined, place: string): readonly string[] {
  if (block?.language !== "text") throw new Error(`${place}: nothing says what it prints.`);
  return block.code.split("\n");
}
