import { library } from "../../tsup.config.base.ts";

export default library([], {
  entry: {
    index: "src/index.ts",
    directory: "src/store/directory.ts",
    testing: "src/testing.ts",
  },
});
