import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What changes modules, globals or the working folder of the whole process. */
const changesProcess = /\bvi\.(mock|doMock|resetModules|stubGlobal)\(|\bprocess\.chdir\(/;

/** The tests that `pnpm test:watch` runs each in its own process; the others share theirs. */
export function ownProcessTests(): readonly string[] {
  return ["packages", "test", "scripts"]
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith(".test.ts") && !path.includes("node_modules"))
        .map((path) => `${folder}/${path.replaceAll("\\", "/")}`),
    )
    .filter((path) => changesProcess.test(readFileSync(join(root, path), "utf8")));
}
