import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Options } from "tsup";
import { library } from "../../tsup.config.base.ts";

/** Redaction is small, and what it knows is the process's: a copy spares each start a package. */
const options: Options = { noExternal: ["@acc/secrets/redact"] };

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/**
 * esbuild makes a file of what the same files use. So what loads late and takes anything of what
 * modes are made of takes all of it: then that is one file, and not one for each mixture.
 */
const kitInOneFile: Plugin = {
  name: "kit-in-one-file",
  setup(build) {
    const late = /[\\/](first-call|run-protocol|judge-refusal|standbys|pool|compiled-code)\.ts$/;
    const kit = JSON.stringify(resolve("src/provider.ts"));
    build.onLoad({ filter: late }, async ({ path }) => ({
      contents: `${await readFile(path, "utf8")}\nexport * from ${kit};`,
      loader: "ts",
    }));
  },
};

/**
 * `inject` makes what users and the entries of providers load one file: each more is a third of a
 * millisecond of every start. The tools for tests are built apart for the same reason, and so is
 * what a command does first of all.
 */
export default [
  library(["src/index.ts", "src/define-provider.ts", "src/provider.ts"], {
    ...options,
    inject: ["src/define-provider.ts", "src/engine/price-of-usage.ts"],
    esbuildPlugins: [kitInOneFile],
  }),
  library(["src/testing.ts"], options),
  library(["src/kit/end-with-stdout.ts"]),
  library(["src/shared-state.ts"], options),
];
