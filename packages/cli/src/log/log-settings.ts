import type { Settings } from "../config/settings.ts";
import { durationOf, sizeOf } from "../input/amounts.ts";
import type { LogBounds } from "./keep-within.ts";

/** What is saved of a conversation. */
export type LogLevel = "texts" | "metadata" | "off";

export function logLevel({ log = "texts" }: Settings): LogLevel {
  return log;
}

export function logBounds({ logSize = "200MB", logAge = "365d" }: Settings): LogBounds {
  return { size: sizeOf(logSize) ?? 0, age: durationOf(logAge) ?? 0 };
}
