import type { JsonSchema } from "@acc/dual-mode";
import { type Schema, Validator } from "@cfworker/json-schema";

/** JSON Schema's draft of the AI SDK. */
const draft = "7";

/**
 * The value, where it fits.
 * @throws TypeError that says where it does not
 */
export function fitting(value: unknown, schema: JsonSchema): unknown {
  const faults = faultsOf(value, schema);
  if (faults.length > 0) throw new TypeError(faults.join("; "));
  return value;
}

/** None where the schema itself cannot be followed: the app's own check is still to come. */
function faultsOf(value: unknown, schema: JsonSchema): string[] {
  try {
    const { valid, errors } = new Validator(schema as Schema, draft).validate(value);
    if (valid) return [];
    const [deepest] = [...errors].reverse();
    return deepest ? [`${deepest.instanceLocation}: ${deepest.error}`] : ["does not fit"];
  } catch {
    return [];
  }
}
