import type { ModelResponse } from "../data/responses.ts";
import type { Kind } from "../harness/report.ts";

/** One way to keep answers on disk. */
export interface DiskStore {
  readonly name: string;
  readonly kind: Kind;
  /** Loads its library and nothing more. */
  load(): Promise<unknown>;
  open(directory: string): Promise<OpenDiskStore>;
}

export interface OpenDiskStore {
  /** The value itself, as an object; undefined where there is none. */
  get(key: string): unknown;
  set(key: string, value: ModelResponse): unknown;
  /** The fastest way to store many. */
  setAll(entries: readonly (readonly [string, ModelResponse])[]): unknown;
  close(): unknown;
}

export const TTL = 24 * 60 * 60 * 1000;
export const MAX_BYTES: number = 16 * 1024 ** 3;
