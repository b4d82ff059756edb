import { join } from "node:path";
import { abortReason } from "../abort-reason.ts";
import { DualModeError } from "../error.ts";
import type { CommandContext, CommandPlan } from "./command.ts";
import type { CompiledCode } from "./compiled/compiled-code.ts";
import { type OpenRun, openRun } from "./open-run.ts";
import type { Plan } from "./run-link.ts";
import type { GroupLeader } from "./spawn-group.ts";
import { environmentOf, startCommand } from "./start-command.ts";

/** A run whose process has been started, for one reader. */
export interface BegunRun {
  readonly run: OpenRun;
  readonly child: GroupLeader;
  readonly planned: CommandPlan;
  /**
   * Keeps the compiled code that the command has left; called when it has ended with exit code 0.
   */
  readonly keepCompiled?: (() => void) | undefined;
}

/** Options for the start of a run. */
export interface Beginning {
  /** Whether its stdin stays open until the process group is gone, even if the host is killed. */
  readonly holdsInput?: boolean | undefined;
  /** Whether the process waits for a call, and is killed after it. */
  readonly waits?: boolean;
}

/**
 * Opens a run, plans it and starts its process.
 *
 * @param freeSlot Called at the run's end.
 * @throws {@link DualModeError} if no process could be started; then nothing is left of the run
 */
export async function beginRun(
  context: CommandContext,
  plan: Plan,
  freeSlot: () => void,
  { holdsInput = false, waits = false }: Beginning = {},
): Promise<BegunRun> {
  const run = openRun(context.signal, freeSlot, context.logger);
  try {
    const made = await plan(run.folders.files);
    const found = made.keepsCompiledCode ? await compiledCodeOf(context, made, run) : undefined;
    // A process that waits is killed, so it cannot write its cache at the end: it only reads
    // compiled code that is already kept.
    const compiled = waits && found?.keep ? undefined : found;
    const planned = compiled === undefined ? made : withCompiled(made, compiled);
    const child = await startCommand(commandOf(context), context, planned, run, holdsInput);
    return { run, child, planned, keepCompiled: compiled?.keep };
  } catch (error) {
    await run.close();
    throw run.signal.aborted ? abortReason(run.signal) : error;
  }
}

/**
 * Returns the compiled code for a run; undefined if the caller sets or disables Node.js's compile
 * cache.
 */
async function compiledCodeOf(
  context: CommandContext,
  planned: CommandPlan,
  { folders }: OpenRun,
): Promise<CompiledCode | undefined> {
  const { cliEnv = {}, env } = context;
  const names = ["NODE_COMPILE_CACHE", "NODE_DISABLE_COMPILE_CACHE"];
  if (env.NODE_DISABLE_COMPILE_CACHE || names.some((name) => name in cliEnv)) return undefined;
  const command = commandOf(context);
  const { PATH: path = "" } = environmentOf(command, context, planned, folders);
  const loaded = await import("./compiled/compiled-code.ts").catch((cause) => {
    context.logger.debug("The preload for compiled code could not be loaded.", { cause });
    return undefined;
  });
  const own = join(folders.root, "compiled");
  return loaded?.compiledCode({ command, version: context.version, path, own });
}

/** A command writes its cache at its end, so it is not killed while there is code to keep. */
function withCompiled(planned: CommandPlan, { folder, keep }: CompiledCode): CommandPlan {
  return {
    ...planned,
    env: { ...planned.env, NODE_COMPILE_CACHE: folder },
    ...(keep !== undefined && { expendable: false }),
  };
}

export function commandOf({ command }: CommandContext): string {
  if (command === undefined) {
    throw new DualModeError("PROVIDER_FAULT", "The probe of this CLI mode named no command.");
  }
  return command;
}
