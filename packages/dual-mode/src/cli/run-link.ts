import type { CommandExit, CommandPlan, PrivateFolder } from "./command.ts";

/** Returns the arguments and files of a run. */
export type Plan = (folder: PrivateFolder) => CommandPlan | Promise<CommandPlan>;

/** Connects a run with its reader. */
export interface RunLink {
  /** Reports how the run ended. */
  resolve(exit: CommandExit | Promise<CommandExit>): void;
  reject(error: unknown): void;
  /** The run sets `write` and `complete` as soon as there is a process. */
  write(text: string): void;
  complete(patience: number): void;
}
