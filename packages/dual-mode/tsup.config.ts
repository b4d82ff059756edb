import type { Options } from "tsup";
import { library } from "../../tsup.config.base.ts";

/** Redaction is small, and what it knows is the process's: a copy spares each start a package. */
const options: Options = { noExternal: ["@acc/secrets/redact"] };

/**
 * `inject` makes what the two modes and the engine share one file: each more is a third of a
 * millisecond of every start. The tools for tests are built apart for the same reason, and so is
 * what a command does first of all.
 */
export default [
  library(["src/index.ts", "src/provider.ts"], { ...options, inject: ["src/provider.ts"] }),
  library(["src/testing.ts"], options),
  library(["src/kit/end-with-stdout.ts"]),
  library(["src/shared-state.ts"], options),
];
