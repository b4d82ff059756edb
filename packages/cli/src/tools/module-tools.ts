import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { JsonSchema, ToolContext, ToolFunction } from "@acc/dual-mode";
import { Failure } from "../failure.ts";
import { printableLine } from "../output/printable.ts";
import { importInTime } from "../providers/packages/import-module.ts";
import type { FoundTool, ToolSource } from "./found-tool.ts";

/**
 * What a module may export for a tool: a function, which may have a description, or an object with
 * one.
 */
interface ExportedTool {
  readonly name?: unknown;
  readonly description?: unknown;
  readonly inputSchema?: unknown;
  readonly run?: unknown;
}

/**
 * Loads the tools that a module exports: each function, each object with a function `run`, and
 * those of a default export, which is such an object or function, a list of them, or an object of
 * them by name.
 * @throws Failure `TOOLS_NOT_LOADED`
 */
export async function moduleTools(path: string): Promise<ToolSource> {
  const module = await loaded(path);
  const { default: main, ...named } = module;
  const found = [...Object.entries(named), ...mainTools(main)].flatMap(([name, value]) =>
    isTool(value) ? [toolOf(name, value, path)] : [],
  );
  if (found.length === 0) {
    throw notLoaded(path, "it exports no function, and no object with a function run.");
  }
  return { tools: found, close: async () => {} };
}

async function loaded(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await importInTime(pathToFileURL(resolve(path)).href);
  } catch (error) {
    throw notLoaded(path, error instanceof Error ? error.message : String(error), error);
  }
}

function mainTools(main: unknown): readonly (readonly [string, unknown])[] {
  if (isTool(main)) return [["default", main]];
  if (Array.isArray(main)) return main.map((each, index) => [`tool_${index + 1}`, each]);
  return typeof main === "object" && main !== null ? Object.entries(main) : [];
}

function isTool(value: unknown): value is ExportedTool {
  const isHolder = typeof value === "object" && value !== null && !Array.isArray(value);
  return (
    typeof value === "function" || (isHolder && typeof (value as ExportedTool).run === "function")
  );
}

function toolOf(exported: string, value: ExportedTool, from: string): FoundTool {
  const { name, description, inputSchema } = value;
  const own = typeof name === "string" && name !== "" ? name : exported;
  if (inputSchema !== undefined && !isObject(inputSchema)) {
    throw notLoaded(from, `the inputSchema of ${own} must be a JSON Schema, which is an object.`);
  }
  return {
    name: exported === "default" || exported.startsWith("tool_") ? own : exported,
    ...(typeof description === "string" && { description }),
    inputSchema: inputSchema ?? { type: "object" },
    run: typeof value === "function" ? value : (input, context) => run(value, input, context),
    from,
  };
}

/** Calls an object's function on the object, so that it can use the other members. */
function run(holder: ExportedTool, input: unknown, context: ToolContext): unknown {
  return (holder.run as ToolFunction).call(holder, input, context);
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function notLoaded(path: string, why: string, cause?: unknown): Failure {
  return new Failure(
    "TOOLS_NOT_LOADED",
    `The tools of ${path} did not load: ${printableLine(why)}`,
    "Give a module that exports functions, each with a description and an inputSchema (JSON Schema).",
    cause,
  );
}
