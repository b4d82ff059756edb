/** What a fake server or command does in its answer, one after the other. */
export type Step =
  | { readonly write: string }
  /** As many bytes without a line's end. */
  | { readonly flood: number }
  /** Stands still for so many milliseconds. */
  | { readonly wait: number }
  /** Stands still until the stage releases it, or for ever. */
  | { readonly hold: true }
  /** A process next to the command, which holds nothing open. */
  | { readonly fork: true };

/** How it ends: well, with an exit code, or cut off: the connection, or the process by a signal. */
export type Ending = "end" | "cut" | number;

/** One answer of a fake server or command. */
export interface Script {
  readonly steps: readonly Step[];
  readonly ending: Ending;
  readonly stderr?: string;
  /** Of a server. @default 200 and an event stream */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}
