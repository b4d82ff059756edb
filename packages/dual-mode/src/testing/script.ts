/** A step in the answer of a fake server or command; the steps run one after another. */
export type Step =
  | { readonly write: string }
  /** Writes this many bytes without a line end. */
  | { readonly flood: number }
  /** Waits for this many milliseconds. */
  | { readonly wait: number }
  /** Waits until the stage is released, or for ever. */
  | { readonly hold: true }
  /** Starts a process next to the command, which holds nothing open. */
  | { readonly fork: true };

/**
 * How the answer ends: normally, with an exit code, or cut off (the connection is closed, or the
 * process is killed by a signal).
 */
export type Ending = "end" | "cut" | number;

/** One answer of a fake server or command. */
export interface Script {
  readonly steps: readonly Step[];
  readonly ending: Ending;
  readonly stderr?: string;
  /**
   * The status of a server's answer.
   *
   * @default 200 and an event stream
   */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}
