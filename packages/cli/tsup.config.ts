import type { Options } from "tsup";
import { library } from "../../tsup.config.base.ts";
import { noChildProcess } from "./no-child-process.config.ts";
import { rareRooms } from "./rare-rooms.config.ts";

/**
 * `acc` is built with all that it is made of, but for what talks to vendors, native code, data, and
 * the rules of providers, which one command checks.
 */
const options: Options = {
  format: "cjs",
  minify: true,
  splitting: false,
  treeshake: false,
  noExternal: [/^@acc\/(?!(prices|dual-mode\/testing)$)/],
  external: [
    ...[/^@(anthropic-ai|aws-sdk|google|napi-rs)\//, "groq-sdk", "openai", "fs-native-extensions"],
    ...["@acc/prices", "redis", "bullmq", /^@modelcontextprotocol\//],
  ],
};

/**
 * The program is two files, one of which holds all that is rarely used, for the compiled code of
 * each is kept as one: load-program.ts calls the function that it is. Kept code cannot import, so
 * that `import()` of what is outside becomes `require()`.
 */
const program: Options = {
  ...options,
  banner: {
    js: '(function (module, require, __filename) {"use strict";const importMetaUrl = require("node:url").pathToFileURL(__filename).href;',
  },
  footer: { js: "})" },
  esbuildOptions(esbuild) {
    esbuild.charset = "ascii";
    esbuild.define = { ...esbuild.define, "import.meta.url": "importMetaUrl" };
    esbuild.supported = { ...esbuild.supported, "dynamic-import": false };
  },
};

/** A file that is a function of what it requires: so it is given the core that the program has. */
const beside: Options = {
  ...options,
  noExternal: [/^@acc\/(server|server\/people|batch)$/],
  external: ["@acc/dual-mode"],
  banner: { js: 'module.exports = (require) => {"use strict";const module = { exports: {} };' },
  footer: { js: "return module.exports;};" },
};

export default [
  library(["src/main.ts"], options),
  library(["src/run-program.ts"], {
    ...program,
    esbuildPlugins: [noChildProcess, rareRooms("program")],
  }),
  library(["src/rare-file.ts"], { ...program, esbuildPlugins: [rareRooms("rare")] }),
  library(["src/server-file.ts"], beside),
  library(["src/batch-file.ts"], beside),
  library(["src/car-file.ts"], beside),
  library(["src/mcp-file.ts"], beside),
  library(["src/people-file.ts"], beside),
];
