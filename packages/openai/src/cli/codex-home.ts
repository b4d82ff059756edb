import { join } from "node:path";
import { homeFolder, type RunContext } from "@acc/dual-mode/provider";

/** Where the user's own Codex keeps its login. */
export function codexHome(env: RunContext<object>["env"]): string {
  return env.CODEX_HOME || join(homeFolder(env), ".codex");
}
