import { Failure } from "../../failure.ts";

/** The error for a package that is in the registry but cannot be added safely. */
export function unsafePackage(name: string, why: string): Failure {
  return new Failure(
    "UNSAFE_PACKAGE",
    `${name} cannot be added safely: ${why}.`,
    "Nothing was added. Report it to its author.",
  );
}
