import { SecretsError } from "@acc/secrets";
import { Failure, UsageError } from "../failure.ts";

/** What is known about the rotation that failed. */
export interface RotationState {
  /** The version of the new value, once it is current. */
  readonly version: number | undefined;
  /** The page on which a value can be revoked by hand at the vendor. */
  readonly page: string | undefined;
}

/** Whether the vendor refused the value; any other failure may be temporary. */
export function isRefusal(error: unknown): boolean {
  return codeOf(error) === "AUTHENTICATION_FAILED";
}

/** The failure of a rotation for users of `acc`: the current state, the reason, and the fix. */
export function rotationFailure(name: string, error: unknown, state: RotationState): unknown {
  if (!SecretsError.is(error)) return error;
  const { cause, code } = error;
  switch (code) {
    case "ROTATION_CREATE_FAILED":
      return notCreated(error);
    case "ROTATION_TEST_FAILED":
      return notTaken(name, cause, !error.retryable);
    case "ROTATION_REVOKE_FAILED":
      return notRevoked(name, cause, state);
    case "ROTATION_IN_PROGRESS":
      return new Failure(
        code,
        `${name} is being rotated by another process.`,
        "Run it again when that is done. If it ran on a machine that is gone, use --restart.",
        error,
      );
    default:
      return error;
  }
}

/** The reason alone, since nothing was changed. The exit code of the command is not passed on. */
function notCreated(error: SecretsError): unknown {
  const { cause } = error;
  if (cause instanceof UsageError || SecretsError.is(cause)) return cause;
  return cause instanceof Failure
    ? new Failure(cause.code, cause.message, cause.fix, cause)
    : error;
}

function notTaken(name: string, cause: unknown, refused: boolean): Failure {
  const what = refused
    ? `The new value of ${name} is dropped, the vendor refused it`
    : `The new value of ${name} waits, for its test failed`;
  const next = refused
    ? "Run it again with another value."
    : "Run it again to test it again; --no-test takes it untested, --restart gives another.";
  return new Failure(
    "ROTATION_TEST_FAILED",
    `${what}: ${reasonOf(cause)}. The current value is as it was.`,
    `${fixOf(cause)}${next}`,
    cause,
  );
}

function notRevoked(name: string, cause: unknown, { version, page }: RotationState): Failure {
  const where = page === undefined ? "" : ` at ${page}`;
  return version === undefined
    ? new Failure(
        "ROTATION_REVOKE_FAILED",
        `The pending value of ${name} was NOT revoked: ${reasonOf(cause)}. It stays pending.`,
        `${fixOf(cause)}Run it again; without --revoke-command it is dropped unrevoked.`,
        cause,
      )
    : new Failure(
        "ROTATION_REVOKE_FAILED",
        `${name} has the new value, version ${version}; the old one was NOT revoked: ` +
          `${reasonOf(cause)}.`,
        `${fixOf(cause)}Run it again with a --revoke-command that works, which makes no other ` +
          `value; without one the old value is forgotten: revoke it${where} by hand then.`,
        cause,
      );
}

function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === "string" ? code : undefined;
}

/** The cause's message and code, as a part of a sentence. */
function reasonOf(cause: unknown): string {
  const said = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, "");
  const code = codeOf(cause);
  return code === undefined ? said : `${said} (${code})`;
}

function fixOf(cause: unknown): string {
  const { fix } = (cause ?? {}) as { readonly fix?: unknown };
  return typeof fix === "string" && fix !== "" ? `${fix} ` : "";
}
