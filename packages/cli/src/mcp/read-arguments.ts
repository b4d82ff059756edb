import { UsageError } from "../failure.ts";
import { type ToolInfo, tools } from "./tools.ts";

/** A question from the client's model. */
export interface Question {
  readonly prompt: string;
  readonly system?: string;
  readonly files?: readonly string[];
  readonly schema?: Readonly<Record<string, unknown>>;
  readonly maxOutputTokens?: number;
  readonly refresh?: boolean;
  /** Only for `ask`. */
  readonly provider?: string;
  readonly model?: string;
  /** Only for `compare`. */
  readonly providers?: readonly string[];
}

/**
 * Checks the arguments of a call against the schema of its tool. Models write null for arguments
 * that they leave out, and objects as text: both are read as they are meant.
 *
 * @throws UsageError that names the argument and lists the valid ones
 */
export async function readArguments(name: string, given: unknown): Promise<Question> {
  const tool = tools.find((one) => one.name === name);
  if (tool === undefined) {
    const known = tools.map((one) => one.name).join(", ");
    throw new UsageError(`There is no tool ${JSON.stringify(name)}.`, `The tools are ${known}.`);
  }
  const meant = asMeant(tool, given ?? {});
  const { Validator } = await import("@cfworker/json-schema");
  const schema = { ...tool.inputSchema, additionalProperties: false };
  const { valid, errors } = new Validator(schema, "2020-12", false).validate(meant);
  if (valid && (name === "providers" || !isBlank(meant))) return meant as unknown as Question;
  const told = errors.at(-1);
  const where = told?.instanceLocation.replace(/^#\/?/, "") || "arguments";
  const what = told === undefined ? "prompt is blank" : `${where}: ${told.error}`;
  const members = Object.keys(tool.inputSchema.properties as object).join(", ");
  const fix = members === "" ? "It takes none." : `It takes ${members}.`;
  throw new UsageError(`The tool ${name} was called wrongly: ${what}`, fix);
}

function asMeant({ inputSchema }: ToolInfo, given: object): Readonly<Record<string, unknown>> {
  const properties = inputSchema.properties as Readonly<Record<string, { type?: string }>>;
  const members = Object.entries(given).filter(([, value]) => value !== null);
  return Object.fromEntries(
    members.map(([name, value]) => {
      const type = Object.hasOwn(properties, name) ? properties[name]?.type : undefined;
      const isText = typeof value === "string" && (type === "object" || type === "array");
      return [name, isText ? parsed(value) : value];
    }),
  );
}

/** A text that is not JSON stays as it is, so that the check refuses it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isBlank({ prompt }: Readonly<Record<string, unknown>>): boolean {
  return typeof prompt === "string" && prompt.trim() === "";
}
