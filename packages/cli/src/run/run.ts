import { environmentOfCommand, runInTerminal } from "../secrets/run-command.ts";
import { loadServer } from "../serve/load-server.ts";
import { newOwnerToken } from "../serve/owner-token.ts";
import { startOwnServer } from "./own-server.ts";

/** Variables that lead a program past the server, or make it unclear which credential is meant. */
const pastTheServer: readonly string[] = [
  "ANTHROPIC_API_KEY",
  "CLAUDE_CODE_OAUTH_TOKEN",
  "CLAUDE_CODE_USE_BEDROCK",
  "CLAUDE_CODE_USE_VERTEX",
  "CLAUDE_CODE_USE_FOUNDRY",
  "CLAUDE_CODE_USE_ANTHROPIC_AWS",
];

/** Time for calls to finish after the command that made them has ended, in ms. */
const patience = 1_000;

/** Runs a command whose calls go through a server of its own, which stops with it. */
export async function runThroughServer(command: readonly string[]): Promise<void> {
  const token = newOwnerToken();
  const server = await startOwnServer(token);
  try {
    const { clientVariables } = await loadServer();
    const env = { ...environmentOfCommand(), ...clientVariables(server.origin, token) };
    for (const name of pastTheServer) delete env[name];
    process.exitCode = await runInTerminal(command, { ...env, ...withoutProxy(env) });
  } finally {
    await server.close(AbortSignal.timeout(patience));
  }
}

/** Excludes the loopback addresses, which a proxy cannot reach, from the proxy. */
function withoutProxy(env: Readonly<Record<string, string>>): Record<string, string> {
  if (!Object.keys(env).some((name) => /^(https?|all)_proxy$/i.test(name))) return {};
  const excepted = [env.NO_PROXY || env.no_proxy, "127.0.0.1", "localhost"].filter(Boolean);
  return { NO_PROXY: excepted.join(","), no_proxy: excepted.join(",") };
}
