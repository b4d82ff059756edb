import { chmod } from "node:fs/promises";
import { library } from "../../tsup.config.base.ts";

export default library(["src/index.ts", "src/acc-groq.ts"], {
  onSuccess: () => chmod("dist/acc-groq.js", 0o755),
});
