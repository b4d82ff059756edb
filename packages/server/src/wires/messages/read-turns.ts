import type { AssistantContent, Message, UserContent } from "@acc/dual-mode";
import { isMembers, type Members, textAt } from "../body/guards.ts";
import { InvalidBody } from "../body/invalid-body.ts";
import type { MessagesTurn } from "./messages-form.ts";
import { assistantBlock, blocksOf, userBlock } from "./read-blocks.ts";

/**
 * Converts the turns of a body to the messages of the core; tool results become messages of their
 * own.
 */
export function readTurns(turns: readonly MessagesTurn[]): Message[] {
  return turns.flatMap((turn, index) => {
    const at = `messages[${index}]`;
    const blocks = blocksOf(turn.content, `${at}.content`);
    switch (turn.role) {
      case "user":
        return userTurn(blocks);
      case "assistant":
        return [assistantTurn(blocks)];
      case "system":
        return systemTurn(blocks);
      default: {
        const message = `${at}.role must be "user" or "assistant".`;
        throw new InvalidBody(message, `${at}.role`);
      }
    }
  });
}

type Blocks = readonly [Members, string][];

/** Puts tool results first, because they have to follow their calls directly. */
function userTurn(blocks: Blocks): Message[] {
  const results = blocks.filter(([{ type }]) => type === "tool_result");
  const said = blocks
    .filter(([{ type }]) => type !== "tool_result")
    .map(([block, at]) => userBlock(block, at))
    .filter(isSaid);
  const turn: Message[] = said.length === 0 ? [] : [{ role: "user", content: said }];
  return [...results.map(([block, at]) => toolResult(block, at)), ...turn];
}

function isSaid(piece: UserContent): boolean {
  return piece.type !== "text" || piece.text.trim() !== "";
}

function toolResult(block: Members, at: string): Message {
  const content = resultBlocks(block.content, `${at}.content`)
    .filter(([{ type }]) => type !== "tool_reference")
    .map(([piece, here]) => userBlock(piece, here));
  return {
    role: "tool",
    toolCallId: textAt(block.tool_use_id, `${at}.tool_use_id`),
    content,
    ...(block.is_error === true && { isError: true }),
  };
}

/**
 * Returns the blocks of a tool result. Some programs pass a tool's answer on as it is: what is not
 * a block becomes JSON text.
 */
function resultBlocks(content: unknown, at: string): Blocks {
  const isPassedOn = typeof content === "number" || typeof content === "boolean";
  if (isPassedOn || isMembers(content)) return blocksOf(JSON.stringify(content), at);
  return blocksOf(content, at);
}

function assistantTurn(blocks: Blocks): Message {
  const content: AssistantContent[] = blocks.flatMap(
    ([block, at]) => assistantBlock(block, at) ?? [],
  );
  return { role: "assistant", content };
}

function systemTurn(blocks: Blocks): Message[] {
  const content = blocks.map(([block, at]) => {
    return { type: "text", text: textAt(block.text, `${at}.text`) } as const;
  });
  return content.length === 0 ? [] : [{ role: "system", content }];
}
