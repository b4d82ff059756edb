import { library } from "../../tsup.config.base.ts";

/** The check against a JSON Schema is small, and loaded by the first answer that has one. */
export default library(["src/index.ts", "src/v4.ts", "src/v2.ts"], {
  noExternal: ["@cfworker/json-schema"],
});
