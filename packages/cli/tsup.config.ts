import { library } from "../../tsup.config.base.ts";

/** What is parsed at each start is made small; CommonJS inside it needs a `require`. */
export default library(["src/main.ts"], {
  minify: true,
  banner: {
    js: 'import { createRequire as acc$ } from "node:module"; const require = acc$(import.meta.url);',
  },
});
