import { Failure } from "../../failure.ts";

/** Why a package is not added, though its registry has it. */
export function unsafePackage(name: string, why: string): Failure {
  return new Failure(
    "UNSAFE_PACKAGE",
    `${name} cannot be added safely: ${why}.`,
    "Nothing was added. Report it to its author.",
  );
}
