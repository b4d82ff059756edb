import type { Tool, ToolChoice } from "@acc/dual-mode";
import { isMembers, type Members } from "../body/guards.ts";
import { InvalidBody } from "../body/invalid-body.ts";

/** The tools of a request, and which of them the model is to call. */
export interface ToolSet {
  readonly tools?: readonly Tool[];
  readonly toolChoice?: ToolChoice;
  readonly parallelTools?: boolean;
}

/** What a body says about its tools. */
export interface ChosenTools {
  readonly tools: readonly Tool[];
  readonly choice: unknown;
  readonly parallel: boolean | null | undefined;
  /** Returns the name of the tool that a `tool_choice` object names, if it names one. */
  readonly nameOf: (choice: Members) => unknown;
}

/**
 * Makes the tool options of a request. Programs send a choice, and whether calls may be parallel,
 * even without tools: both are then ignored, but a choice that requires a call is refused.
 */
export function toolSet({ tools, choice: given, parallel, nameOf }: ChosenTools): ToolSet {
  const choice = plainChoice(given, nameOf);
  if (tools.length === 0 && (choice === "required" || isMembers(choice))) {
    throw new InvalidBody("tool_choice requires a tool call, but there are no tools.", "tools");
  }
  if (tools.length === 0) return {};
  const left = isMembers(choice) ? allowedTools(choice, tools, nameOf) : { tools };
  return {
    ...left,
    ...(typeof choice === "string" && { toolChoice: namedChoice(choice) }),
    ...(parallel === false && { parallelTools: false }),
  };
}

/** Reads a choice in Anthropic's words, or as an object; an empty one counts as absent. */
function plainChoice(choice: unknown, nameOf: ChosenTools["nameOf"]): unknown {
  const isNamed = isMembers(choice) && typeof nameOf(choice) === "string";
  const said = isMembers(choice) && !isNamed && words.has(choice.type) ? choice.type : choice;
  if (said === "" || said === null) return undefined;
  return said === "any" ? "required" : said;
}

const words: ReadonlySet<unknown> = new Set(["auto", "none", "required", "any"]);

function namedChoice(choice: string): ToolChoice {
  if (choice === "auto" || choice === "none" || choice === "required") return choice;
  const known = '"auto", "none", "required" or an object that names a tool';
  throw new InvalidBody(`tool_choice must be ${known}.`, "tool_choice");
}

/** Reads a choice of one tool that must be called, or of some of the tools. */
function allowedTools(
  choice: Members,
  tools: readonly Tool[],
  nameOf: (choice: Members) => unknown,
): ToolSet {
  if (choice.type !== "allowed_tools") return { tools, toolChoice: { tool: known(choice) } };
  const allowed = isMembers(choice.allowed_tools) ? choice.allowed_tools : choice;
  const named = Array.isArray(allowed.tools) ? allowed.tools : [];
  const names = new Set(named.map((each: unknown) => isMembers(each) && nameOf(each)));
  const toolChoice = allowed.mode === "required" ? "required" : "auto";
  return { tools: tools.filter(({ name }) => names.has(name)), toolChoice };

  function known(one: Members): string {
    const name = nameOf(one);
    if (tools.some((tool) => tool.name === name)) return name as string;
    throw new InvalidBody("tool_choice names a tool that is not among tools.", "tool_choice");
  }
}
