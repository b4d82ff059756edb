/** What a mode asks the runner to do. */
export interface CommandPlan {
  readonly args: readonly string[];
  /** Written to stdin, which is then closed. */
  readonly stdin: string;
  /** What the mode sets, on top of the fixed environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The variable that carries this route's key; set on key routes alone. */
  readonly keyVariable?: string;
  /** Longest line of stdout, in bytes. @default 16 MiB */
  readonly maxLineBytes?: number;
  /** Most that stdout may bring, in bytes. @default 64 MiB */
  readonly maxOutputBytes?: number;
}

/** The private folder of one run, mode 0700, removed after it. */
export interface PrivateFolder {
  readonly path: string;
  /** Writes a private file (0600; its folders are made) and gives its absolute path. */
  write(name: string, content: string): Promise<string>;
  /** Makes a private folder inside and gives its absolute path. */
  folder(name: string): Promise<string>;
}

/** How a run ended. */
export interface CommandExit {
  /** Absent where a signal ended it. */
  readonly exitCode?: number;
  readonly signal?: string;
  /** The last 64 KiB of stderr. */
  readonly stderr: string;
}

/** A run under way. */
export interface CommandRun {
  /** Lines of stdout without their ends; leaving the loop ends the process group. */
  readonly lines: AsyncIterable<string>;
  /** Settles when the process group is gone and the private folder is removed; never rejects before `lines` threw. */
  readonly exit: Promise<CommandExit>;
}
