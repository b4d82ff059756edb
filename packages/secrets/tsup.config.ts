import { library } from "../../tsup.config.base.ts";

/** Stores outside this machine, each imported by itself. */
const outside = ["aws", "command", "docker-helpers", "files", "gcp", "vault"].map(
  (name) => `src/outside/${name}.ts`,
);

export default library(["src/index.ts", "src/redact.ts", "src/testing.ts", ...outside], {
  external: ["fs-native-extensions"],
});
