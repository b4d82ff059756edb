import { access, constants } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  type Availability,
  findCommand,
  type ProbeContext,
  probeCommand,
  rememberProbe,
} from "@acc/dual-mode/provider";

/** Looks for `acc-groq` as for any CLI, and failing that takes the one of this package. */
export async function probe(context: ProbeContext<object>): Promise<Availability> {
  const found = await findCommand({ name: "acc-groq", provider: "groq" }, context);
  const command = found?.path ?? (await ownCommand());
  if (command === undefined) {
    const reason = "The command acc-groq was not found, neither on PATH nor in @acc/groq.";
    return { available: false, code: "CLI_NOT_FOUND", reason, fix: "npm install -g @acc/groq" };
  }
  const version = await rememberProbe(command, "version", async () => {
    const { stdout } = await probeCommand(command, ["--version"], context);
    return /^\d+\.\d+\.\d+\S*/.exec(stdout.trim())?.[0];
  });
  return { available: true, command, ...(version !== undefined && { version }) };
}

async function ownCommand(): Promise<string | undefined> {
  const manifest = createRequire(import.meta.url).resolve("@acc/groq/package.json");
  const command = join(dirname(manifest), "dist", "acc-groq.js");
  return access(command, constants.X_OK).then(
    () => command,
    () => undefined,
  );
}
