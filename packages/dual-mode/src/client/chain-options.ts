import type { Code } from "../contract/code.ts";

/** When a chain asks its next provider, and with which model. */
export interface ChainOptions {
  /**
   * The only codes after which the next provider is asked.
   *
   * @default all that do not blame the request
   */
  readonly on?: readonly Code[];
  /**
   * Further codes after which it is asked: "CONTEXT_TOO_LONG" and "CONTENT_FILTERED" may come from
   * limits that another provider does not have.
   */
  readonly also?: readonly Code[];
  /**
   * The model for each provider, by its id. Without one, a request's model is used only for the
   * first provider.
   */
  readonly models?: Readonly<Record<string, string>>;
}
