import {
  type CallOptions,
  type ChatRequest,
  type Code,
  DualModeError,
  type Reply,
} from "@acc/dual-mode";
import { Validator } from "@cfworker/json-schema";

/** A line as a worker gets it: what is asked, of whom, and how. */
export interface QueuedLine {
  /** The providers in turn; none where the worker's own come first. */
  readonly names: readonly string[];
  readonly request: ChatRequest;
  readonly call: Omit<CallOptions, "signal" | "onEvent">;
  readonly retry?: number;
}

/** What came of it. */
export type LineEnd = { readonly reply: Reply } | { readonly error: ToldError };

interface ToldError {
  readonly code: Code;
  readonly message: string;
  readonly fix?: string;
  readonly status?: number;
  readonly attempts: DualModeError["attempts"];
  readonly causes?: readonly ToldError[];
}

export function told(error: DualModeError): ToldError {
  return JSON.parse(JSON.stringify(error));
}

export function asError({ code, message, causes = [], ...details }: ToldError): DualModeError {
  return new DualModeError(code, message, { ...details, causes: causes.map(asError) });
}

/** A schema crosses as JSON, and the worker checks by that. */
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
