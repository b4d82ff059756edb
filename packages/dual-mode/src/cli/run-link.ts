import type { CommandExit, CommandPlan, PrivateFolder } from "./command.ts";

/** Makes the arguments and files of a run. */
export type Plan = (folder: PrivateFolder) => CommandPlan | Promise<CommandPlan>;

/** What a run and its reader tell each other. */
export interface RunLink {
  /** How the run ended. */
  resolve(exit: CommandExit | Promise<CommandExit>): void;
  reject(error: unknown): void;
  /** Both set by the run as soon as there is a process. */
  write(text: string): void;
  complete(patience: number): void;
}
