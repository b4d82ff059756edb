import type { RunContext } from "../contract/mode-context.ts";

/** What a mode asks the runner to do. */
export interface CommandPlan {
  readonly args: readonly string[];
  /** Written to stdin, which is then closed. */
  readonly stdin: string;
  /**
   * Stdin stays open behind that, for what the run's `write` says in answer to the command's lines,
   * until `complete` is called.
   * @default false
   */
  readonly dialogue?: boolean;
  /** What the mode sets, on top of the fixed environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The variable that carries the key. It is set on key routes; on no route may `env` or `cli.env` set it. */
  readonly keyVariable?: string;
  /** A file in the private folder in which the command leaves word: see `CommandExit.report`. */
  readonly report?: string;
  /**
   * The command keeps nothing that outlasts its run: once its time after `complete` is over it is
   * killed, and not asked before.
   * @default false
   */
  readonly expendable?: boolean;
  /**
   * It is a program of Node.js whose compiled code is worth keeping for its next runs, where its
   * Node.js can (22.1 and later): in the cache's folder, where no other user can write to it nor move
   * it, under a seal made with a key of this machine. Elsewhere nothing is kept.
   * @default false
   */
  readonly keepsCompiledCode?: boolean;
  /** Of an expendable command: whether its report says all, for which its end is not waited for. */
  readonly isReported?: (report: string) => boolean;
  /** Longest line of stdout, in bytes. @default 16 MiB */
  readonly maxLineBytes?: number;
  /** Most that stdout may bring, in bytes. @default 64 MiB */
  readonly maxOutputBytes?: number;
}

/** What the runner needs of a mode's context. */
export type CommandContext = Pick<
  RunContext<unknown>,
  "command" | "credential" | "env" | "cliEnv" | "signal" | "logger"
> &
  Partial<Pick<RunContext<unknown>, "alive" | "standby" | "version">>;

/** What a provider may say of all the runs of its command. */
export interface RunOptions {
  /** How many runs of this command the process has at once; the others wait their turn. @default 4 */
  readonly maxConcurrent?: number;
  /**
   * How a process of this command can be started ahead of a call, with all of its plan but what is
   * on stdin; absent where it cannot. It is done where the context has a `standby`: then a plan is
   * also made in a folder that is on no disk, to learn what a process would see, and must come out
   * the same for the same request.
   */
  readonly standby?: StandbyRules;
}

/** How a process waits for its call. */
export interface StandbyRules {
  /** The beginning of each plan's stdin that is written at the start; the rest is at the call. @default "" */
  readonly first?: string;
  /** What a process sees at its start besides its arguments, files and variables: the day, say. */
  readonly sees?: string;
  /** Whether it says such a line by itself while it waits; any other tells that it asks already. */
  readonly idles?: (line: string) => boolean;
  /** Files of the user's that it reads at its start: where one changes it is not used. */
  readonly files?: readonly string[];
  /**
   * At the end of its stdin it asks the vendor with what it has. It is only started where the end of
   * the host, however it comes, cannot close its stdin before it is killed (Linux).
   * @default false
   */
  readonly asksAtEnd?: boolean;
}

/** The private folder of one run, mode 0700, removed after it. */
export interface PrivateFolder {
  readonly path: string;
  /** Writes a private file (0600; its folders are made) and gives its absolute path. */
  write(name: string, content: string): Promise<string>;
  /** Makes a private folder inside and gives its absolute path. */
  folder(name: string): Promise<string>;
  /** Makes a symbolic link to a file that is not the run's, and gives the link's absolute path. */
  link(name: string, target: string): Promise<string>;
}

/** How a run ended. */
export interface CommandExit {
  /** Absent where a signal ended it. */
  readonly exitCode?: number;
  readonly signal?: string;
  /** What the command left in the file of that name in its plan: the last MiB, as text. */
  readonly report?: string;
  /** It was still there when its time after `complete` was over, and was ended. */
  readonly lingered?: true;
  /** The last 64 KiB of stderr. */
  readonly stderr: string;
}

/** A run. Nothing is started before the first line is asked for. */
export interface CommandRun {
  /**
   * Lines of stdout without their ends; a byte that is no UTF-8 is a lone surrogate. Leaving the
   * loop ends the process group.
   * By the time the loop is over, however it ended, no process of the group is left; an expendable
   * one of a client with `standby` has been killed after its answer, and the client's `close()` waits
   * until it is gone.
   */
  readonly lines: AsyncIterable<string>;
  /**
   * Settles when the process group is gone and the private folder is removed, or when `lines` is over
   * so. Rejects, with what
   * `lines` throws, only where no process was started.
   */
  readonly exit: Promise<CommandExit>;
  /** Writes to the stdin of a dialogue. To a command that is gone, or listens no more, nothing is said. */
  write(text: string): void;
  /**
   * Tells that the answer is there: the command has this long to end by itself, in milliseconds,
   * then its group is ended and `lines` is over; a dialogue's stdin is closed at once. The shortest time that is told counts.
   */
  complete(patience: number): void;
}
