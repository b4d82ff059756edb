import { join } from "node:path";
import { homeFolder, type RunContext } from "@acc/dual-mode/provider";

/** Returns the folder in which the user's own Codex stores its login. */
export function codexHome(env: RunContext<object>["env"]): string {
  return env.CODEX_HOME || join(homeFolder(env), ".codex");
}
