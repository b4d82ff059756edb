import { library } from "../../tsup.config.base.ts";

export default library(
  ["src/index.ts", "src/redact.ts", "src/testing.ts", "src/outside/command.ts"],
  {
    external: ["fs-native-extensions"],
  },
);
