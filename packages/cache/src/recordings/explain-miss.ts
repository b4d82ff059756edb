import { withoutCredentials } from "./credentials.ts";
import { commonStart, type Difference, differences, distance } from "./differences.ts";
import type { RecordingsFolder } from "./recordings-folder.ts";

/** The reason why no recording matches a request: how it differs from the most similar one. */
export interface Explanation {
  /**
   * The file of the recording with the most similar request; undefined if there are no recordings.
   */
  readonly nearest: string | undefined;
  /**
   * The members in which the two differ; empty if the request is recorded, possibly for another
   * tenant.
   */
  readonly differences: readonly Difference[];
  /** The number of recordings that were compared. */
  readonly recorded: number;
}

/** Compares a request, in the form that files have, with all recorded ones. */
export function explainMiss(folder: RecordingsFolder, request: unknown): Explanation {
  let nearest: { file: string; found: Difference[]; apart: number } | undefined;
  let recorded = 0;
  for (const one of folder.all()) {
    if (!("recording" in one) || one.recording.request === undefined) continue;
    recorded++;
    const found = differences(request, one.recording.request, "request");
    const apart = distance(found);
    if (nearest === undefined || apart < nearest.apart) nearest = { file: one.file, found, apart };
  }
  return { nearest: nearest?.file, differences: nearest?.found ?? [], recorded };
}

const MOST_TOLD = 3;

/** Describes an explanation in words. */
export function describeMiss(
  { nearest, differences: found, recorded }: Explanation,
  folder: string,
): string {
  if (nearest === undefined) return `No recording answers the request: ${folder} has none.`;
  const begin = `No recording answers the request. Of ${recorded}, ${nearest} is nearest`;
  if (found.length === 0)
    return `${begin}: it is recorded for another namespace or tenant, or its answer is not a stream.`;
  const told = found.slice(0, MOST_TOLD).map(describe).join("; ");
  const more = found.length > MOST_TOLD ? `; and ${found.length - MOST_TOLD} more` : "";
  return `${begin}. They differ in ${told}${more}.`;
}

function describe({ path, asked, recorded }: Difference): string {
  if (typeof asked === "string" && typeof recorded === "string") {
    const from = Math.max(0, commonStart(asked, recorded) - 20);
    return `${path}: asked ${shown(asked, from)}, recorded ${shown(recorded, from)}`;
  }
  return `${path}: asked ${shown(asked)}, recorded ${shown(recorded)}`;
}

const LONGEST = 60;

/** Redacts before cutting: a part of a key would not be recognized. */
function shown(value: unknown, from = 0): string {
  if (value === undefined) return "nothing";
  if (typeof value !== "string") return cut(withoutCredentials(JSON.stringify(value)), 0);
  return JSON.stringify(cut(withoutCredentials(value), from));
}

function cut(text: string, from: number): string {
  const start = from > 0 ? "…" : "";
  const end = text.length > from + LONGEST ? "…" : "";
  return start + text.slice(from, from + LONGEST) + end;
}
