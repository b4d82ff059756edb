import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { hostWorkingFolder } from "../detect/safe-folders.ts";
import { DualModeError } from "../error.ts";
import type { CommandContext, CommandPlan } from "./command.ts";
import { commandEnvironment } from "./command-environment.ts";
import { launchOf } from "./launch.ts";
import { linkManagerFiles, refuseForeignChoice } from "./manager-files.ts";
import type { OpenRun } from "./open-run.ts";
import type { RunFolders } from "./private-folder.ts";
import { type ShimSupport, shimSupport } from "./shim-support.ts";
import { type GroupLeader, spawnGroup } from "./spawn-group.ts";

/**
 * Starts a planned run.
 *
 * @param holdsInput Whether its stdin stays open until the group is gone, even if the host is
 * killed.
 */
export async function startCommand(
  command: string,
  context: CommandContext,
  plan: CommandPlan,
  run: OpenRun,
  holdsInput = false,
): Promise<GroupLeader> {
  const { credential, env } = context;
  const shims = shimSupport(command, env);
  refuseForeignChoice(shims.managers, run.folders.work);
  if (credential.kind !== "login") {
    linkManagerFiles(shims.managers, shims.home, run.folders.home);
  }
  return spawnGroup({
    launch: await launchOf(command),
    args: plan.args,
    stdin: plan.stdin,
    dialogue: plan.dialogue === true,
    env: environmentOf(command, context, plan, run.folders, shims),
    workingFolder: run.folders.work,
    stdout: run.output.descriptor,
    signal: run.signal,
    spawned: (pid, stdin) => {
      run.spawned(pid, { expendable: plan.expendable, held: holdsInput ? stdin : undefined });
      if (holdsInput && stdin === undefined) throw unheld();
    },
  });
}

function unheld(): DualModeError {
  return new DualModeError("CLI_CRASHED", "The CLI's stdin cannot be held open here.");
}

/** Builds all variables of a run. */
export function environmentOf(
  command: string,
  { credential, env, cliEnv }: CommandContext,
  plan: CommandPlan,
  folder: Pick<RunFolders, "home" | "temp">,
  shims: ShimSupport = shimSupport(command, env),
): Record<string, string> {
  return commandEnvironment({
    env,
    platform: process.platform,
    credential: credential.kind,
    folder,
    shimEnv: shims.variables,
    planEnv: plan.env,
    cliEnv,
    keyVariable: plan.keyVariable,
    key: credential.kind === "key" ? credential.secret.reveal() : undefined,
    pathStart: besideNode(command),
    pathEnd: [dirname(command)],
    nodeFolder: dirname(process.execPath),
    workingFolder: hostWorkingFolder(),
  });
}

/** A command next to a Node.js was installed for that one, and may not run on another. */
function besideNode(command: string): readonly string[] {
  const folder = dirname(command);
  return existsSync(join(folder, process.platform === "win32" ? "node.exe" : "node"))
    ? [folder]
    : [];
}
