import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { CacheEvent, CacheListener } from "../cache/events.ts";
import { invalidOption } from "../cache/invalid-option.ts";
import { cacheParts } from "../cache/open-cache.ts";
import type { RecordingMode } from "../cache/recording-mode.ts";
import type { Scope } from "../cache/scope.ts";
import { CacheError } from "../error.ts";
import { RecordingCache } from "./recording-cache.ts";
import { RecordingStore } from "./recording-store.ts";
import { RecordingsFolder } from "./recordings-folder.ts";

/** The folder of the recordings, and how requests are handled. */
export interface RecordingsOptions extends Scope {
  /** A folder in the repository, such as `new URL("answers", import.meta.url)`. */
  readonly folder: string | URL;
  /** @default `ACC_RECORDINGS`, else "replay" if `CI` is set, else "auto" */
  readonly mode?: RecordingMode;
  /** Called for each event. Errors that it throws are ignored. */
  readonly onEvent?: CacheListener;
}

/**
 * Creates a cache for tests, whose entries are files in the repository: one readable JSON file for
 * each response, with its request, and without times. The files stay until they are removed or
 * recorded again.
 *
 * @throws CacheError `INVALID_OPTION`
 */
export function recordings(options: RecordingsOptions): RecordingCache {
  const folder = new RecordingsFolder(pathOf(options.folder));
  const mode = modeOf(options.mode ?? (process.env.ACC_RECORDINGS || undefined));
  const store = new RecordingStore(folder, mode);
  const { namespace, tenant } = options;
  const parts = cacheParts({
    ...(namespace !== undefined && { namespace }),
    ...(tenant !== undefined && { tenant }),
    store,
    ttl: Number.POSITIVE_INFINITY,
    onEvent: (event) => {
      warnOf(event, mode);
      return options.onEvent?.(event);
    },
  });
  return new RecordingCache(parts, store, folder);
}

function pathOf(folder: unknown): string {
  if (folder instanceof URL) return fileURLToPath(folder);
  if (typeof folder === "string" && folder !== "") return resolve(folder);
  throw invalidOption("folder", folder, "the path or file: URL of a folder");
}

function modeOf(wanted: unknown): RecordingMode {
  if (wanted === undefined) return isInCi(process.env.CI) ? "replay" : "auto";
  if (wanted === "record" || wanted === "replay" || wanted === "auto") return wanted;
  throw invalidOption("mode (or ACC_RECORDINGS)", wanted, '"record", "replay" or "auto"');
}

function isInCi(variable: string | undefined): boolean {
  return variable !== undefined && variable !== "" && variable !== "false" && variable !== "0";
}

/** Warns while recording about responses that a later replay will lack. */
function warnOf(event: CacheEvent, mode: RecordingMode): void {
  if (mode === "replay") return;
  if (event.type === "not-stored") {
    warn(`An answer was not recorded: ${event.reason}.`);
  } else if (event.type === "error" && event.operation === "set") {
    const { error } = event;
    warn(CacheError.is(error) ? error.message : `An answer was not recorded: ${String(error)}`);
  }
}

function warn(message: string): void {
  process.emitWarning(message, { type: "AccWarning", code: "NOT_RECORDED" });
}
