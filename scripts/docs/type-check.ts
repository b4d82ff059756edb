import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../steps/root.ts";
import { codeBlocks } from "./markdown.ts";

const written = "reports/docs/";
/** Where the blocks are, each as a module. */
export const folder: string = join(root, written);

const options = {
  extends: "../../tsconfig.json",
  compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
  include: ["**/*.ts"],
  exclude: ["**/node_modules"],
};

/**
 * What the compiler says of the TypeScript in the documents. Each block is a module of its own, in
 * which a line has the number that it has in its document.
 */
export function typeErrors(documents: ReadonlyMap<string, string>): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, markdown] of documents) {
    const blocks = codeBlocks(markdown).filter(({ language }) => language === "ts");
    if (blocks.length > 0) makeRoom(dirname(file));
    for (const { code, line } of blocks) {
      const module = `${"\n".repeat(line - 1)}${code}\nexport {};\n`;
      writeFileSync(join(folder, `${file}-${line}.ts`), module);
    }
  }
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(options));
  const args = ["-p", folder, "--pretty", "false"];
  const { error, stdout } = spawnSync("tsc", args, { cwd: root, encoding: "utf8" });
  if (error) throw error;
  return stdout
    .split(/\n(?=\S)/)
    .filter((message) => message.startsWith(written))
    .map((message) =>
      message
        .slice(written.length)
        .replace(/-\d+\.ts(?=\()/, "")
        .trim(),
    );
}

/** A folder for the blocks of a document, in which they find the packages that it finds. */
function makeRoom(place: string): void {
  mkdirSync(join(folder, place), { recursive: true });
  const modules = join(root, place, "node_modules");
  const link = join(folder, place, "node_modules");
  if (place !== "." && existsSync(modules) && !existsSync(link)) {
    symlinkSync(modules, link, "junction");
  }
}
