import { expect } from "vitest";

/** One run of a command, and how it has to end. */
export interface Run {
  readonly args: readonly string[];
  readonly stdin?: string;
  readonly code?: number;
  /** The whole of it. */
  readonly stdout: RegExp;
  readonly stderr: RegExp;
  /** The document that `--json` prints; absent where the command has no such flag. */
  readonly json?: unknown;
}

/** By the words that call a command. */
export type Runs = Readonly<Record<string, Run>>;

export const none = /^$/;

export const text = expect.any(String);

export const count = expect.any(Number);

export const place = expect.objectContaining({ path: text, exists: expect.any(Boolean) });
