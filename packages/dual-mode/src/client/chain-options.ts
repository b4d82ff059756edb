import type { Code } from "../contract/code.ts";

/** When a chain goes on to its next provider, and what it asks it. */
export interface ChainOptions {
  /** The only codes on which the next provider is asked. @default all that do not blame the request */
  readonly on?: readonly Code[];
  /** More codes on which it is asked: "CONTEXT_TOO_LONG" and "CONTENT_FILTERED" may be others' limits only. */
  readonly also?: readonly Code[];
  /** The model to ask each provider for, by its id; without one, a request's model goes to the first alone. */
  readonly models?: Readonly<Record<string, string>>;
}
