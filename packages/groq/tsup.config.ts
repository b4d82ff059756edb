import { chmod } from "node:fs/promises";
import { library } from "../../tsup.config.base.ts";

/** The command is built apart, so that neither loads a file more for what both use. */
export default [
  library(["src/index.ts"]),
  library(["src/acc-groq.ts"], { onSuccess: () => chmod("dist/acc-groq.js", 0o755) }),
];
