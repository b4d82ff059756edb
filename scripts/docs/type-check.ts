import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../steps/root.ts";
import { codeBlocks } from "./markdown.ts";

const written = "reports/docs/";
const folder = join(root, written);

const options = {
  extends: "../../tsconfig.json",
  compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
  include: ["*.ts"],
  exclude: [],
};

/**
 * What the compiler says of the TypeScript in the documents. Each block is a module of its own, in
 * which a line has the number that it has in its document.
 */
export function typeErrors(documents: ReadonlyMap<string, string>): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, markdown] of documents) {
    const name = file.replaceAll("/", "--");
    for (const { code, line } of codeBlocks(markdown).filter(({ language }) => language === "ts")) {
      const module = `${"\n".repeat(line - 1)}${code}\nexport {};\n`;
      writeFileSync(join(folder, `${name}-${line}.ts`), module);
    }
  }
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(options));
  const args = ["-p", folder, "--pretty", "false"];
  const { error, stdout } = spawnSync("tsc", args, { cwd: root, encoding: "utf8" });
  if (error) throw error;
  return stdout
    .split(/\n(?=\S)/)
    .filter((message) => message.startsWith(written))
    .map((message) => message.replace(/^.*?\/([^/]+)-\d+\.ts/, (_, name) => original(name)).trim());
}

function original(name: string): string {
  return name.replaceAll("--", "/");
}
