/**
 * What is done with a request: `record` asks again once a process and replaces what is recorded, `replay`
 * never asks, `auto` asks for what is not recorded.
 */
export type RecordingMode = "record" | "replay" | "auto";
