import { spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { installed } from "./app.ts";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const tsc = path("../node_modules/typescript-5.5/bin/tsc");

/** With the READMEs' oldest TypeScript, and its checks of our declarations on. */
test.each([
  ["nodenext", "nodenext"],
  ["esnext", "bundler"],
])("TypeScript 5.5 compiles a program of a user: --module %s", (module, resolution) => {
  const program = join(installed, `consumer-${module}.ts`);
  copyFileSync(path("../../test/packed/typed-consumer.ts"), program);
  const how = ["--module", module, "--moduleResolution", resolution, "--target", "es2022"];
  const types = ["--types", "node", "--typeRoots", path("../../node_modules/@types")];
  const args = [tsc, "--strict", "--noEmit", ...how, ...types, program];
  const { stdout, status } = spawnSync(process.execPath, args, {
    cwd: installed,
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
});
