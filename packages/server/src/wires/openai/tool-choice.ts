import type { Tool, ToolChoice } from "@acc/dual-mode";
import { isMembers, type Members } from "../body/guards.ts";
import { InvalidBody } from "../body/invalid-body.ts";

/** Which tools a model has, and which of them it is to call. */
export interface ToolSet {
  readonly tools?: readonly Tool[];
  readonly toolChoice?: ToolChoice;
  readonly parallelTools?: boolean;
}

/** What a body says of it. */
export interface ChosenTools {
  readonly tools: readonly Tool[];
  readonly choice: unknown;
  readonly parallel: boolean | null | undefined;
  /** The name of the tool that an object of `tool_choice` means, where it means one. */
  readonly nameOf: (choice: Members) => unknown;
}

/**
 * The members of a request for tools. Programs send a choice, and say how many calls at once, also
 * where they give no tools: then neither means anything.
 */
export function toolSet({ tools, choice: given, parallel, nameOf }: ChosenTools): ToolSet {
  const choice = plainChoice(given, nameOf);
  if (tools.length === 0 && (choice === "required" || isMembers(choice))) {
    throw new InvalidBody("tool_choice wants a tool to be called, and tools are none.", "tools");
  }
  if (tools.length === 0) return {};
  const left = isMembers(choice) ? allowedTools(choice, tools, nameOf) : { tools };
  return {
    ...left,
    ...(typeof choice === "string" && { toolChoice: namedChoice(choice) }),
    ...(parallel === false && { parallelTools: false }),
  };
}

/** Programs say it in Anthropic's words, or as an object; an empty one is none. */
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

/** One tool that must be called, or some of those that are there. */
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
