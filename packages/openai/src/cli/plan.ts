import { join } from "node:path";
import type {
  CanonicalRequest,
  CommandPlan,
  PrivateFolder,
  RunContext,
} from "@acc/dual-mode/provider";
import { toCatalog } from "./catalog.ts";
import { codexHome } from "./codex-home.ts";
import { toConfig } from "./config.ts";
import { commandKeyVariable } from "./key-variable.ts";
import { firstMessages } from "./messages.ts";
import { isExpendable } from "./standby.ts";

/** Plans the run of `codex`: as an app server for one turn, in its own home. */
export async function toPlan(
  request: CanonicalRequest,
  context: RunContext<object>,
  folder: PrivateFolder,
): Promise<CommandPlan> {
  const home = await folder.folder("codex");
  const catalog = await folder.write("catalog.json", toCatalog(request));
  await folder.write("codex/config.toml", toConfig(request, context, catalog));
  if (context.credential.kind === "login") {
    // A link, so that a login that Codex refreshes is stored where the user's own runs find it.
    await folder.link("codex/auth.json", join(codexHome(context.env), "auth.json"));
  }
  return {
    args: ["app-server"],
    stdin: firstMessages(request),
    dialogue: true,
    expendable: isExpendable(context),
    env: { CODEX_HOME: home, HOME: await folder.folder("home"), ...certificates(context.env) },
    keyVariable: commandKeyVariable,
  };
}

/** Codex reads a variable of its own before SSL_CERT_FILE, which each CLI gets. */
function certificates({ CODEX_CA_CERTIFICATE: file }: RunContext<object>["env"]) {
  return file ? { CODEX_CA_CERTIFICATE: file } : {};
}
