import type { CanonicalMessage } from "../contract/canonical.ts";
import type { AssistantContent, TextContent, Tool, UserContent } from "../contract/request.ts";
import { DualModeError } from "../error.ts";
import { fittedName, type NameRule } from "./fitted-name.ts";

export type { NameRule } from "./fitted-name.ts";

/** The result of a tool call, with the id and name of the call. */
export interface ToolResult {
  /** The call's id, in the form that the vendor requires. */
  readonly id: string;
  /** The tool's name. */
  readonly name: string;
  /** Empty if the tool returned nothing. */
  readonly content: readonly UserContent[];
  readonly isError: boolean;
}

/** One turn of a conversation; adjacent turns have different roles. */
export type HistoryTurn =
  | { readonly role: "system"; readonly content: readonly TextContent[] }
  | { readonly role: "user"; readonly content: readonly UserContent[] }
  | { readonly role: "assistant"; readonly content: readonly AssistantContent[] }
  | { readonly role: "tool"; readonly results: readonly ToolResult[] };

/** The form of history that a vendor requires. */
export interface VendorHistory {
  /**
   * The prefix of signatures that the vendor can read: the provider's id, and anything else that
   * binds them. Reasoning and signatures of others are left out; without a prefix, all of them are.
   */
  readonly signedBy?: string;
  /**
   * Whether reasoning without a signature is kept.
   *
   * @default false
   */
  readonly unsigned?: boolean;
  /** The rule for the id of a call. */
  readonly ids: NameRule;
  /** The rule for the name of a tool that was called. */
  readonly names: NameRule;
  /** The tools that are offered: their names stay as they are, and the vendor may refuse them. */
  readonly tools?: readonly Tool[] | undefined;
}

/** Put before a conversation that the assistant began, because vendors want the user to begin. */
const opening: HistoryTurn = {
  role: "user",
  content: [{ type: "text", text: "(The assistant begins.)" }],
};

/**
 * Returns the messages as turns: the user begins, adjacent turns have different roles, and the
 * results of one turn's calls are together. Ids and names have the form that the vendor requires.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` for a result without a call
 */
export function toTurns(
  messages: readonly CanonicalMessage[],
  vendor: VendorHistory,
): readonly HistoryTurn[] {
  const names = new Map<string, string>();
  const turns: HistoryTurn[] = messages[0]?.role === "assistant" ? [opening] : [];
  for (const message of messages) {
    const turn = toTurn(message, names, vendor);
    const last = turns.at(-1);
    if (last === undefined || last.role !== turn.role) turns.push(turn);
    else turns[turns.length - 1] = joined(last, turn);
  }
  return turns;
}

function toTurn(
  message: CanonicalMessage,
  names: Map<string, string>,
  vendor: VendorHistory,
): HistoryTurn {
  if (message.role === "user" || message.role === "system") return message;
  if (message.role === "tool") return { role: "tool", results: [toResult(message, names, vendor)] };
  const content = message.content.flatMap((piece) => {
    if (piece.type === "text") return [piece];
    const { signature, ...unsigned } = piece;
    const own = signature?.startsWith(`${vendor.signedBy}:`) === true;
    if (piece.type === "reasoning") {
      const kept = own || (signature === undefined && vendor.unsigned === true);
      return kept ? [piece] : [];
    }
    names.set(piece.id, piece.name);
    return [
      {
        ...unsigned,
        id: fittedName(piece.id, vendor.ids),
        name: nameFor(piece.name, vendor),
        ...(own && { signature }),
      } as AssistantContent,
    ];
  });
  return { role: "assistant", content };
}

function toResult(
  { toolCallId, content, isError }: Extract<CanonicalMessage, { role: "tool" }>,
  names: ReadonlyMap<string, string>,
  vendor: VendorHistory,
): ToolResult {
  const name = names.get(toolCallId);
  if (name === undefined) {
    const said = `A tool's message answers "${toolCallId}", which no message before it calls.`;
    throw new DualModeError("INVALID_REQUEST", said, {
      fix: "Give the assistant's message with its tool calls before the tool's.",
    });
  }
  const id = fittedName(toolCallId, vendor.ids);
  return { id, name: nameFor(name, vendor), content, isError: isError === true };
}

function nameFor(name: string, { names, tools = [] }: VendorHistory): string {
  return tools.some((tool) => tool.name === name) ? name : fittedName(name, names);
}

/** Joins two turns; a blank line separates their texts. */
function joined(first: HistoryTurn, second: HistoryTurn): HistoryTurn {
  if (first.role === "tool" && second.role === "tool") {
    return { role: "tool", results: [...first.results, ...second.results] };
  }
  const content = [...contentOf(first)];
  const [begin, ...rest] = contentOf(second);
  const last = content.at(-1);
  const parted =
    last?.type === "text" && begin?.type === "text"
      ? { ...begin, text: `\n\n${begin.text}` }
      : begin;
  return { role: first.role, content: [...content, parted, ...rest] } as HistoryTurn;
}

function contentOf(turn: HistoryTurn): readonly (AssistantContent | UserContent)[] {
  return turn.role === "tool" ? [] : turn.content;
}
