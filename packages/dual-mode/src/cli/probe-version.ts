import { basename } from "node:path";
import type { ProbeContext } from "../contract/mode-context.ts";
import type { Availability } from "../contract/provider.ts";
import { rememberProbe } from "../detect/remember-probe.ts";
import { lastWords } from "../text/excerpt.ts";
import { probeCommand } from "./probe-command.ts";
import { managerOf } from "./shim-support.ts";
import { versionIn } from "./version-in.ts";

/** Options for asking a command for its version. */
export interface VersionQuery {
  /** The end of the line that has the version ("(Acme Tool)"), which tells it from notices. */
  readonly own?: string;
  /** Variables of the run besides its fixed environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The fix if the command is not the expected one: `npm install -g …`. */
  readonly install: string;
}

/** A version, or the reason why there is none. */
export type FoundVersion =
  | { readonly version: string }
  | {
      readonly version?: undefined;
      /** Whether it ended with another exit code than 0, and is not a shim. */
      readonly crashed: boolean;
      readonly availability: Extract<Availability, { available: false }>;
    };

/**
 * Asks a command for its version (`--version`), once per process as long as its file stays the
 * same. Notices and terminal codes around the version are ignored. If a version manager's shim
 * finds no program, the reason says that it is a shim.
 *
 * @throws {@link DualModeError} the errors of `probeCommand`.
 */
export async function probeVersion(
  command: string,
  { own, env, install }: VersionQuery,
  context: Pick<ProbeContext<unknown>, "env" | "cliEnv" | "signal" | "logger">,
): Promise<FoundVersion> {
  const { version, said, crashed } = await rememberProbe(command, "version", async () => {
    const options = env === undefined ? {} : { env };
    const { stdout, stderr, exitCode } = await probeCommand(
      command,
      ["--version"],
      context,
      options,
    );
    const said = lastWords(`${stdout} ${stderr}`);
    return { version: versionIn(stdout, own), said, crashed: exitCode !== 0 };
  });
  if (version !== undefined) return { version };
  const isShim = managerOf(command, context.env) !== undefined;
  return {
    crashed: crashed && !isShim,
    availability: unknownVersion(command, said, install, context.env),
  };
}

function unknownVersion(
  command: string,
  said: string,
  install: string,
  env: ProbeContext<unknown>["env"],
): Extract<Availability, { available: false }> {
  const name = basename(command);
  const words = said === "" ? "It printed nothing." : `It said: ${said}`;
  const manager = managerOf(command, env);
  if (manager === undefined) {
    const reason = `${command} does not report its version as ${name} does. ${words}`;
    return { available: false, code: "CLI_NOT_FOUND", reason, fix: install };
  }
  const reason = `${command} is a shim of ${manager.name}, which finds no program to start. ${words}`;
  const fix = `Set a version for it, or cliPath to the program that \`${manager.which(name)}\` names.`;
  return { available: false, code: "CLI_NOT_FOUND", reason, fix };
}
