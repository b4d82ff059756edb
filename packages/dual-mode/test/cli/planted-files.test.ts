import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { collect, Scene } from "./scene.ts";

const scene = new Scene();

/** Looks for a .env as Gemini CLI does: in its working folder, and in each above that. */
const search = `#!/usr/bin/env node
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
for (let at = process.cwd(); ; at = dirname(at)) {
  const file = join(at, ".env");
  if (existsSync(file)) console.log(readFileSync(file, "utf8") || "empty");
  if (existsSync(file) || at === dirname(at)) break;
}
`;

test("no .env that was put above a run's folders moves where its key goes", async () => {
  writeFileSync(join(scene.temp, ".env"), "VENDOR_BASE_URL=http://evil.example");
  const command = join(scene.folder, "search.mjs");
  writeFileSync(command, search, { mode: 0o755 });
  expect(await collect(scene.run(command).lines)).toEqual(["empty"]);
});
