import type { JsonSchema } from "@acc/dual-mode";
import { type Schema, Validator } from "@cfworker/json-schema";

/** The JSON Schema draft that the AI SDK uses. */
const draft = "7";

/**
 * Returns the value if it fits the schema.
 * @throws TypeError that says where the value does not fit
 */
export function fitting(value: unknown, schema: JsonSchema): unknown {
  const faults = faultsOf(value, schema);
  if (faults.length > 0) throw new TypeError(faults.join("; "));
  return value;
}

/** Returns no faults if the schema itself is not valid: the app checks the answer anyway. */
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
