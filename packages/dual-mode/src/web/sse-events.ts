import type { RunPart } from "../tools-loop/contract.ts";

/** A comment, which readers of server-sent events skip. */
export const keepAlive = ": keep-alive\n\n";

/**
 * Returns a part as a server-sent event. Parts that concern only the operator of the server are
 * left out.
 */
export function eventOf(part: RunPart): string {
  const shown = shownOf(part);
  return shown === undefined ? "" : `data: ${JSON.stringify(shown)}\n\n`;
}

function shownOf(part: RunPart): object | undefined {
  switch (part.type) {
    case "warning":
    case "limits":
      return undefined;
    case "step":
      return { type: part.type, step: part.step, last: part.last };
    case "reasoning":
    case "tool-call": {
      const { signature: _, ...shown } = part;
      return shown;
    }
    default:
      return part;
  }
}
