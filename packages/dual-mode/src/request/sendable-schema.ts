import type { JsonSchema, StandardSchema } from "../contract/request.ts";
import { DualModeError } from "../error.ts";
import { foreignText } from "../text/foreign-text.ts";
import { marked, markedPlace, type Place, turnedPlace } from "./schema-places.ts";

type Options = Parameters<StandardSchema["~standard"]["jsonSchema"]["output"]>[0];

const target = "draft-2020-12";

/**
 * Returns the JSON Schema that is sent to a vendor.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` for values that JSON cannot hold, and for values
 * that the schema converts: the model would be asked for a value that the schema's own check
 * refuses
 */
export function sendableSchema(source: StandardSchema): JsonSchema {
  const { jsonSchema } = source["~standard"];
  let sent: JsonSchema;
  try {
    sent = jsonSchema.output({ target, libraryOptions: { fallback: ofArktype } });
  } catch (cause) {
    throw unsendable(placeOf(source), cause);
  }
  const lost = markedPlace(sent) ?? turnedPlace(sent, inputOf(source));
  if (lost !== undefined) throw unsendable(lost, undefined);
  const { $schema: _, ...rest } = sent;
  return rest;
}

/** Undefined if the library has none: the input may then be anything. */
function inputOf(source: StandardSchema): JsonSchema | undefined {
  try {
    const { input } = source["~standard"].jsonSchema;
    return input({ target, libraryOptions: { fallback: ofArktype } });
  } catch {
    return undefined;
  }
}

/** The libraries throw without naming the place: in a second pass, each marks it in its own way. */
function placeOf(source: StandardSchema): Place | undefined {
  const libraryOptions = {
    ...{ unrepresentable: "any", override: ofZod },
    ...{ overrideSchema: ofValibot, overrideAction: ofValibot },
  };
  try {
    return markedPlace(source["~standard"].jsonSchema.output({ target, libraryOptions }));
  } catch {
    return undefined;
  }
}

/** Zod passes each part of the schema: marks the parts that cannot be represented by themselves. */
function ofZod(context: {
  readonly zodSchema: StandardSchema;
  readonly jsonSchema: Record<string, unknown>;
}): void {
  try {
    context.zodSchema["~standard"].jsonSchema.output({ target } satisfies Options);
  } catch (error) {
    Object.assign(context.jsonSchema, marked({}, error instanceof Error ? error.message : ""));
  }
}

function ofValibot(context: {
  readonly jsonSchema: JsonSchema;
  readonly errors?: readonly string[];
}): JsonSchema | undefined {
  const [said] = context.errors ?? [];
  return said === undefined ? undefined : marked(context.jsonSchema, said);
}

/**
 * Arktype would send only the rest of such a schema: values that JSON does not have, or that a
 * function returns.
 */
function ofArktype({ code, base }: { readonly code: string; readonly base: JsonSchema }) {
  const isLost = ["date", "domain", "proto", "morph", "unit", "symbolKey"].includes(code);
  return isLost ? marked(base, `A ${code} cannot be represented in JSON Schema`) : base;
}

function unsendable(place: Place | undefined, cause: unknown): DualModeError {
  const words = place?.said || (cause instanceof Error ? cause.message : "");
  const why =
    words === "" ? "cannot be given as JSON Schema" : foreignText(words).replace(/\.$/, "");
  const at = `request.schema${place?.path ?? ""}`;
  return new DualModeError("INVALID_REQUEST", `${at}: ${why}.`, {
    fix: "Ask for JSON values, such as a date as text, and convert the reply's object yourself.",
    ...(cause === undefined ? {} : { cause }),
  });
}
