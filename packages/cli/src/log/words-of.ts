import type { AssistantContent, Message, UserContent } from "@acc/dual-mode";

type Piece = UserContent | AssistantContent;

/** The most characters that are shown of a call's arguments or of its result. */
const longest = 500;

/** A message as a person reads it, without the model's reasoning. */
export function wordsOf({ role, content }: Message): string {
  if (typeof content === "string") return role === "tool" ? resultOf(content) : content;
  const pieces: readonly Piece[] = content;
  const words = pieces.flatMap((piece) => {
    const text = wordsOfPiece(piece);
    return text === "" ? [] : [text];
  });
  return role === "tool" ? resultOf(words.join("\n")) : words.join("\n");
}

function wordsOfPiece(piece: Piece): string {
  switch (piece.type) {
    case "text":
      return piece.text;
    case "reasoning":
      return "";
    case "tool-call":
      return `→ ${piece.name} ${clipped(JSON.stringify(piece.input) ?? "")}`;
    default:
      return `[${describeFile(piece)}]`;
  }
}

function describeFile(piece: Exclude<Piece, AssistantContent>): string {
  const { type } = piece;
  const name = "name" in piece ? piece.name : undefined;
  const size = piece.data && `${Math.ceil((piece.data.length * 3) / 4 / 1024)} KiB`;
  return [name ?? type, piece.mediaType, piece.url ?? size].filter(Boolean).join(", ");
}

function resultOf(text: string): string {
  return `← ${clipped(text)}`;
}

function clipped(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text;
}

/** The question of a turn: the user's last message in it. */
export function questionIn(messages: readonly Message[]): string {
  const asked = messages.findLast(({ role }) => role === "user");
  return asked === undefined ? "" : wordsOf(asked);
}

/** The beginning of a text, in one line. */
export function beginningOf(text: string, length = 60): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > length ? `${line.slice(0, length - 1).trimEnd()}…` : line;
}
