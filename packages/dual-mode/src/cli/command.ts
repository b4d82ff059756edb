import type { RunContext } from "../contract/mode-context.ts";

/** How the runner is to run a command for a mode. */
export interface CommandPlan {
  readonly args: readonly string[];
  /** Written to stdin, which is then closed. */
  readonly stdin: string;
  /**
   * Whether stdin stays open after that, so that the run's `write` can answer the command's lines,
   * until `complete` is called.
   *
   * @default false
   */
  readonly dialogue?: boolean;
  /** Variables that the mode sets, on top of the fixed environment. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * The variable that carries the key. It is set on key routes; on no route may `env` or `cli.env`
   * set it.
   */
  readonly keyVariable?: string;
  /**
   * A file in the private folder into which the command writes a report: see `CommandExit.report`.
   */
  readonly report?: string;
  /**
   * Whether the command keeps nothing that outlasts its run: once its time after `complete` is over
   * it is killed at once, without SIGTERM.
   *
   * @default false
   */
  readonly expendable?: boolean;
  /**
   * Whether it is a program of Node.js whose compiled code is worth keeping for its next runs. The
   * code is kept if the command's Node.js can do so (22.1 and later), in the cache's folder, if no
   * other user can write to that folder or move it, and under a seal made with a key of this
   * machine. Otherwise nothing is kept.
   *
   * @default false
   */
  readonly keepsCompiledCode?: boolean;
  /**
   * For an expendable command: whether its report is complete, so that its end need not be awaited.
   */
  readonly isReported?: (report: string) => boolean;
  /**
   * The longest line of stdout, in bytes.
   *
   * @default 16 MiB
   */
  readonly maxLineBytes?: number;
  /**
   * The largest output on stdout, in bytes.
   *
   * @default 64 MiB
   */
  readonly maxOutputBytes?: number;
}

/** The members of a mode's context that the runner needs. */
export type CommandContext = Pick<
  RunContext<unknown>,
  "command" | "credential" | "env" | "cliEnv" | "signal" | "logger"
> &
  Partial<Pick<RunContext<unknown>, "alive" | "standby" | "version">>;

/** Options of a provider for all runs of its command. */
export interface RunOptions {
  /**
   * How many runs of this command the process has at once; further ones wait for a slot.
   *
   * @default 4
   */
  readonly maxConcurrent?: number;
  /**
   * How a process of this command can be started before a call, with all of its plan except what is
   * on stdin; absent if it cannot. It is done if the context has a `standby`. Then a plan is also
   * made in a folder that is on no disk, to learn what a process would see, and must come out the
   * same for the same request.
   */
  readonly standby?: StandbyRules;
}

/** How a standby process waits for its call. */
export interface StandbyRules {
  /**
   * The beginning of each plan's stdin, which is written at the start; the rest follows with the
   * call.
   *
   * @default ""
   */
  readonly first?: string;
  /**
   * What a process sees at its start besides its arguments, files and variables, such as the date.
   */
  readonly sees?: string;
  /**
   * Whether a line is one that the process prints by itself while it waits; any other line shows
   * that it is already asking the vendor.
   */
  readonly idles?: (line: string) => boolean;
  /**
   * Files of the user that it reads at its start: if one of them changes, the process is not used.
   */
  readonly files?: readonly string[];
  /**
   * Whether it asks the vendor with what it has when its stdin ends. It is then started ahead only on
   * Linux: only there it is certain that it is killed before its stdin is closed, however the host
   * ends.
   *
   * @default false
   */
  readonly asksAtEnd?: boolean;
}

/** The private folder of one run, mode 0700, removed after it. */
export interface PrivateFolder {
  readonly path: string;
  /** Writes a private file (mode 0600; its folders are made) and returns its absolute path. */
  write(name: string, content: string): Promise<string>;
  /** Makes a private folder inside and returns its absolute path. */
  folder(name: string): Promise<string>;
  /** Makes a symbolic link to a file outside the run, and returns the link's absolute path. */
  link(name: string, target: string): Promise<string>;
}

/** How a run ended. */
export interface CommandExit {
  /** Absent if a signal ended it. */
  readonly exitCode?: number;
  readonly signal?: string;
  /** The file that the plan names as `report`, if the command wrote one: its last MiB, as text. */
  readonly report?: string;
  /**
   * Set if the command was still running when its time after `complete` was over, and was ended.
   */
  readonly lingered?: true;
  /** The last 64 KiB of stderr. */
  readonly stderr: string;
}

/** A run of a command. Nothing is started before the first line is asked for. */
export interface CommandRun {
  /**
   * The lines of stdout without their ends; a byte that is not UTF-8 is a lone surrogate. Leaving
   * the loop ends the process group. When the loop is over, however it ended, no process of the
   * group is left. One exception: an expendable command of a client with `standby` has been sent
   * SIGKILL after its answer, and the client's `close()` waits until it is gone.
   */
  readonly lines: AsyncIterable<string>;
  /**
   * Settles when the process group is gone and the private folder is removed; after a kill of an
   * expendable command it settles together with `lines`. Rejects with the error of `lines`, and
   * only if no process was started.
   */
  readonly exit: Promise<CommandExit>;
  /**
   * Writes to the stdin of a dialogue. If the command is gone or has closed its stdin, it does
   * nothing.
   */
  write(text: string): void;
  /**
   * Reports that the answer is complete. The command has `patience` ms to end by itself; then its
   * group is ended and `lines` is over. A dialogue's stdin is closed at once. The shortest time
   * that was given counts.
   */
  complete(patience: number): void;
}
