import type { ServerOptions } from "../contract/server.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Models } from "../models/models.ts";
import type { Gate } from "./gate.ts";
import type { OutputBounds } from "./output-bounds.ts";
import type { ReadCalls } from "./read-calls.ts";

/** What all calls of a server share. */
export interface ServerParts {
  readonly options: ServerOptions;
  readonly models: Models;
  readonly gate: Gate;
  readonly bounds: OutputBounds;
  readonly reader: ReadCalls;
  readonly metrics: Metrics;
}
