import type { RecordingMode } from "../cache/recording-mode.ts";
import { scopePrefix } from "../cache/scope.ts";
import { CacheError } from "../error.ts";
import { freezeParsed } from "../record/freeze-parsed.ts";
import { LiveRecord } from "../record/live-record.ts";
import type { CacheStore, StoredRecord, StoredSummary } from "../store/store.ts";
import { AskedRequests } from "./asked-requests.ts";
import { findCredential } from "./credentials.ts";
import type { Recording } from "./recording-file.ts";
import type { RecordingsFolder } from "./recordings-folder.ts";
import { requestForm } from "./request-form.ts";

const CID_LENGTH = 59;

/** Keeps each record as a human-readable file, without its times. */
export class RecordingStore implements CacheStore {
  readonly name = "recordings";
  readonly inProcess = true;
  readonly mode: RecordingMode;
  readonly #folder: RecordingsFolder;
  readonly #asked: AskedRequests = new AskedRequests();
  /** The keys that this process has recorded. */
  readonly #made: Set<string> = new Set();

  constructor(folder: RecordingsFolder, mode: RecordingMode) {
    this.#folder = folder;
    this.mode = mode;
  }

  /** Remembers a request whose response may be recorded. */
  asked(cid: string, request: unknown): void {
    this.#asked.add(cid, requestForm(request));
  }

  /** Returns a remembered request in the form of a recording. */
  requestOf(cid: string): unknown {
    return this.#asked.get(cid);
  }

  /** @throws CacheError `DAMAGED`, `NEWER_FORMAT` */
  get(key: string): StoredRecord | undefined {
    if (this.mode === "record" && !this.#made.has(key)) return undefined;
    const found = this.#folder.read(key);
    if (found === undefined || keyOf(found.recording) !== key) return undefined;
    const { response, metadata } = found.recording;
    const times = { storedAt: 0, expiresAt: Number.POSITIVE_INFINITY };
    const facts = { key, ...times, elapsed: undefined, cost: undefined, metadata };
    return new LiveRecord(facts, freezeParsed(response, 0), this.name);
  }

  /** @throws CacheError `NOT_RECORDED`, or the file system's error */
  set(key: string, record: StoredRecord): void {
    if (this.mode === "replay") throw notRecorded("recordings are only replayed");
    const recording = this.#recordingOf(key, record as LiveRecord);
    const found = findCredential(recording.request, "request") ?? findInAnswer(recording);
    if (found) throw notRecorded(`${found.path} holds ${found.what}`, found.path);
    this.#folder.write(key, recording);
    this.#made.add(key);
  }

  delete(key: string): boolean {
    this.#made.delete(key);
    return this.mode !== "replay" && this.#folder.remove(key);
  }

  *entries(): Generator<StoredSummary> {
    if (this.mode === "replay") return;
    for (const found of this.#folder.all()) {
      if (!("recording" in found)) continue;
      const bytes = JSON.stringify(found.recording.response).length;
      yield { key: keyOf(found.recording), bytes, expiresAt: Number.POSITIVE_INFINITY };
    }
  }

  #recordingOf(key: string, { value, metadata }: LiveRecord): Recording {
    const cid = key.slice(-CID_LENGTH);
    if (this.#asked.has(cid) && this.#asked.get(cid) === undefined) {
      throw notRecorded('the request has an object whose one member is "/"');
    }
    const [namespace = "", tenant = ""] = key.slice(0, -CID_LENGTH).split("/");
    return {
      cid,
      ...(namespace && { namespace: decodeURIComponent(namespace) }),
      ...(tenant && { tenant: decodeURIComponent(tenant) }),
      ...(this.#asked.has(cid) && { request: this.#asked.get(cid) }),
      response: value,
      ...(metadata !== undefined && { metadata }),
    };
  }
}

function findInAnswer({ response, metadata }: Recording) {
  return findCredential(response, "response") ?? findCredential(metadata, "metadata");
}

/** Returns the namespace, tenant and CID in the cache's form of a key. */
function keyOf({ cid, namespace, tenant }: Recording): string {
  return scopePrefix({ namespace, tenant }) + cid;
}

function notRecorded(reason: string, path?: string): CacheError {
  const message = `An answer was not recorded: ${reason}.`;
  return new CacheError("NOT_RECORDED", message, { reason, ...(path !== undefined && { path }) });
}
