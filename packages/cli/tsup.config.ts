import type { Options } from "tsup";
import { library } from "../../tsup.config.base.ts";

/**
 * What a start parses is bundled and made small; CommonJS inside it asks for Node.js's own modules
 * alone. `inject` makes what the beginning of the program and `acc chat` share one file, whatever
 * other commands have of it.
 */
const program: Options = {
  minify: true,
  inject: ["src/chat/chat.ts"],
  noExternal: [
    "@bomb.sh/tab",
    "@cfworker/json-schema",
    "@clack/prompts",
    "cli-table3",
    "commander",
    "jsonc-parser",
    "picocolors",
    "string-argv",
    "yocto-spinner",
  ],
  banner: { js: "const require = process.getBuiltinModule;" },
};

export default [
  library(["src/main.ts"], { minify: true, external: ["./compile-cache.js", "./run-program.js"] }),
  library(["src/compile-cache.ts"], { minify: true, noExternal: ["@acc/cache/directory"] }),
  library(["src/run-program.ts"], program),
];
