import { resultError } from "../src/cli/error.ts";
import { toResult } from "../src/cli/result.ts";
import { toError } from "../src/sdk/error.ts";

export const body = (type: string, message: string) => ({
  type: "error",
  error: { type, message },
});

/** As the SDK throws it: without a status in mid-stream. */
export function fromSdk(
  status: number | undefined,
  type: string,
  message: string,
): Promise<unknown> {
  const error = body(type, message);
  return toError(Object.assign(new Error(JSON.stringify(error)), { status, type, error }));
}

export const fromCli = (result: string, status?: number, kind?: string) =>
  resultError(
    toResult({ result, is_error: true, api_error_status: status ?? null }),
    kind,
    false,
    "key",
  );
