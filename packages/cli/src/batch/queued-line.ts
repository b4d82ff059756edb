import {
  type CallOptions,
  type ChatRequest,
  type Code,
  DualModeError,
  type Reply,
} from "@acc/dual-mode";
import { Validator } from "@cfworker/json-schema";

/** A line as a worker receives it: the request, its providers, and the call options. */
export interface QueuedLine {
  /** The providers, in order; empty if the worker's own are to be used. */
  readonly names: readonly string[];
  readonly request: ChatRequest;
  readonly call: Omit<CallOptions, "signal" | "onEvent">;
  readonly retry?: number;
}

/** The outcome of a line. */
export type LineEnd = { readonly reply: Reply } | { readonly error: ToldError };

interface ToldError {
  readonly code: Code;
  readonly message: string;
  readonly fix?: string;
  readonly status?: number;
  readonly retryable?: boolean;
  readonly attempts: DualModeError["attempts"];
  readonly causes?: readonly ToldError[];
}

export function told(error: DualModeError): ToldError {
  return JSON.parse(JSON.stringify(error));
}

export function asError({ code, message, causes = [], ...details }: ToldError): DualModeError {
  return new DualModeError(code, message, { ...details, causes: causes.map(asError) });
}

/** A schema is sent as JSON; the worker builds its check from that. */
export function withCheck(request: ChatRequest): ChatRequest {
  const { schema } = request;
  if (schema === undefined || !("jsonSchema" in schema)) return request;
  const { jsonSchema } = schema;
  const validator = new Validator(jsonSchema);
  const validate = (value: unknown) => {
    const { valid, errors } = validator.validate(value);
    if (valid) return value;
    throw new TypeError(
      errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`).join("; "),
    );
  };
  return { ...request, schema: { jsonSchema, validate } };
}
