import { library } from "../../tsup.config.base.ts";

/** What a start parses is bundled and made small; CommonJS inside it needs a `require`. */
export default library(["src/main.ts"], {
  minify: true,
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
  banner: {
    js: 'import { createRequire as acc$ } from "node:module"; const require = acc$(import.meta.url);',
  },
});
