/**
 * How requests are handled: `record` asks once per process and replaces the recording, `replay`
 * never asks, `auto` asks for requests that have no recording.
 */
export type RecordingMode = "record" | "replay" | "auto";
