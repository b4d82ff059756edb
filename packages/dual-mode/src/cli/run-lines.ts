import { dirname } from "node:path";
import { hostWorkingFolder } from "../detect/safe-folders.ts";
import { DualModeError } from "../error.ts";
import { abortReason, throwIfAborted } from "./abort-reason.ts";
import type { CommandContext, CommandExit, CommandPlan, RunOptions } from "./command.ts";
import { commandEnvironment } from "./command-environment.ts";
import { LastMoment } from "./last-moment.ts";
import { launchOf } from "./launch.ts";
import { type OpenRun, openRun } from "./open-run.ts";
import { readEnd } from "./read-end.ts";
import type { Plan, RunLink } from "./run-command.ts";
import { takeSlot } from "./run-slots.ts";
import { type GroupLeader, spawnGroup } from "./spawn-group.ts";
import { defaultOutputBytes, splitLines, tooLarge } from "./split-lines.ts";

/** The lines of one run, from its turn to its end; the exit is told to `link`. */
export async function* runLines(
  context: CommandContext,
  plan: Plan,
  options: RunOptions,
  link: RunLink,
): AsyncGenerator<string> {
  let run: OpenRun | undefined;
  let moment: LastMoment | undefined;
  try {
    run = await open(context, options);
    const planned = await plan(run.folders.files);
    const child = await start(context, planned, run);
    moment = new LastMoment(run, child.exited);
    link.complete = moment.grant;
    link.resolve(exitOf(child, run, moment, planned));
    watchOutput(run, planned);
    for await (const line of splitLines(run.output.read(), planned)) {
      throwIfAborted(context.signal);
      throwIfAborted(run.signal);
      context.alive?.();
      yield line;
    }
    await child.exited;
  } catch (error) {
    link.reject(error);
    throw run?.signal.aborted ? abortReason(run.signal) : error;
  } finally {
    moment?.end();
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
      pathEnd: [dirname(command)],
      nodeFolder: dirname(process.execPath),
      workingFolder: hostWorkingFolder(),
    }),
    workingFolder: run.folders.work,
    stdout: run.output.descriptor,
    signal: run.signal,
    spawned: run.spawned,
  });
}

/** A command that floods is ended also while nobody takes its lines. */
function watchOutput(run: OpenRun, { maxOutputBytes = defaultOutputBytes }: CommandPlan): void {
  run.output.watch(maxOutputBytes, () => run.abort(tooLarge("output", maxOutputBytes)));
}

async function exitOf(
  child: GroupLeader,
  run: OpenRun,
  moment: LastMoment,
  { report }: CommandPlan,
): Promise<CommandExit> {
  const ended = await child.exited;
  moment.end();
  const word = report === undefined ? undefined : readEnd(report);
  await run.close();
  return {
    ...ended,
    stderr: await child.stderr,
    ...(word !== undefined && { report: word }),
    ...(moment.isOver && { lingered: true }),
  };
}

function commandOf({ command }: CommandContext): string {
  if (command === undefined) {
    throw new DualModeError("PROVIDER_FAULT", "The probe of this CLI mode named no command.");
  }
  return command;
}
