import { dirname } from "node:path";
import { hostWorkingFolder } from "../detect/safe-folders.ts";
import { DualModeError } from "../error.ts";
import { abortReason, throwIfAborted } from "./abort-reason.ts";
import type {
  CommandContext,
  CommandExit,
  CommandPlan,
  CommandRun,
  PrivateFolder,
  RunOptions,
} from "./command.ts";
import { commandEnvironment } from "./command-environment.ts";
import { launchOf } from "./launch.ts";
import { type OpenRun, openRun } from "./open-run.ts";
import { takeSlot } from "./run-slots.ts";
import { type GroupLeader, spawnGroup } from "./spawn-group.ts";
import { splitLines } from "./split-lines.ts";

type Plan = (folder: PrivateFolder) => CommandPlan | Promise<CommandPlan>;

/**
 * Runs the context's command by the rules of every CLI run: no shell, an environment made from
 * nothing, private folders, a process group of its own that ends with the run.
 *
 * @param plan Makes the arguments and files of the run; called once, when the run's turn has come.
 * @throws {@link DualModeError} from `lines`: `CLI_NOT_FOUND`, `OUTPUT_TOO_LARGE`, the signal's
 * reason or `ABORTED`. How to read the exit is the mode's: see `mapExit`.
 */
export function runCommand(
  context: CommandContext,
  plan: Plan,
  options: RunOptions = {},
): CommandRun {
  let settle: Settle = { resolve: () => {}, reject: () => {} };
  const exit = new Promise<CommandExit>((resolve, reject) => {
    settle = { resolve, reject };
  });
  exit.catch(() => {});
  return { lines: runLines(context, plan, options, settle), exit };
}

interface Settle {
  resolve(exit: CommandExit | Promise<CommandExit>): void;
  reject(error: unknown): void;
}

async function* runLines(
  context: CommandContext,
  plan: Plan,
  options: RunOptions,
  exit: Settle,
): AsyncGenerator<string> {
  let run: OpenRun | undefined;
  try {
    run = await open(context, options);
    const planned = await plan(run.folders.files);
    const child = await start(context, planned, run);
    exit.resolve(exitOf(child, run));
    for await (const line of splitLines(child.stdout, planned)) {
      throwIfAborted(context.signal);
      throwIfAborted(run.signal);
      yield line;
    }
    await child.exited;
  } catch (error) {
    exit.reject(error);
    throw run?.signal.aborted ? abortReason(run.signal) : error;
  } finally {
    await run?.close();
  }
  throwIfAborted(run.signal);
}

async function open(context: CommandContext, { maxConcurrent = 4 }: RunOptions): Promise<OpenRun> {
  const { signal, logger } = context;
  return openRun(signal, await takeSlot(commandOf(context), maxConcurrent, signal), logger);
}

async function start(
  context: CommandContext,
  plan: CommandPlan,
  run: OpenRun,
): Promise<GroupLeader> {
  const command = commandOf(context);
  const { credential, env, cliEnv } = context;
  return spawnGroup({
    launch: await launchOf(command),
    args: plan.args,
    stdin: plan.stdin,
    env: commandEnvironment({
      env,
      platform: process.platform,
      credential: credential.kind,
      folder: run.folders,
      planEnv: plan.env,
      cliEnv,
      keyVariable: plan.keyVariable,
      key: credential.kind === "key" ? credential.secret.reveal() : undefined,
      pathEnd: [dirname(command), dirname(process.execPath)],
      workingFolder: hostWorkingFolder(),
    }),
    workingFolder: run.folders.work,
    signal: run.signal,
    spawned: run.spawned,
  });
}

async function exitOf(child: GroupLeader, run: OpenRun): Promise<CommandExit> {
  const ended = await child.exited;
  await run.close();
  return { ...ended, stderr: await child.stderr };
}

function commandOf({ command }: CommandContext): string {
  if (command === undefined) {
    throw new DualModeError("PROVIDER_FAULT", "The probe of this CLI mode named no command.");
  }
  return command;
}
