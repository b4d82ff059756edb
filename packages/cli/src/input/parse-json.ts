import {
  createScanner,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
  type SyntaxKind,
} from "jsonc-parser";
import { UsageError } from "../failure.ts";

/** No file of settings, rules or a schema is nested deeper; the parser recurses for each level. */
const deepest = 256;

/** The parser's token kinds, which it exports only as a const enum. */
const token = { open: [1, 3], close: [2, 4], end: 17 } as const;

/** Parses a JSON document, comments allowed, into nodes that know their offset. */
export function parseJson(text: string, path: string): Node {
  const tooDeep = endOfDepth(text);
  if (tooDeep !== undefined) {
    throw invalidFile(text, path, tooDeep, `nested deeper than ${deepest} levels`);
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const fault = errors[0];
  if (fault) {
    const what = printParseErrorCode(fault.error)
      .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
      .toLowerCase();
    throw invalidFile(text, path, fault.offset, what);
  }
  if (root === undefined) throw invalidFile(text, path, 0, "the file is empty");
  return root;
}

/** The offset at which a document exceeds the nesting limit. */
function endOfDepth(text: string): number | undefined {
  const scanner = createScanner(text, true);
  const isOne = (kinds: readonly number[], kind: SyntaxKind): boolean => kinds.includes(kind);
  let depth = 0;
  for (let kind = scanner.scan(); kind !== token.end; kind = scanner.scan()) {
    if (isOne(token.open, kind)) depth += 1;
    else if (isOne(token.close, kind)) depth -= 1;
    if (depth > deepest) return scanner.getTokenOffset();
  }
  return undefined;
}

/** The error for a fault at an offset, with its line and column. */
export function invalidFile(text: string, path: string, offset: number, what: string): UsageError {
  const before = text.slice(0, offset).split("\n");
  const column = (before.at(-1) ?? "").length + 1;
  const place = `${path}:${before.length}:${column}`;
  return new UsageError(
    `${place}: ${what}`,
    "Correct the file at this line and column.",
    "INVALID_FILE",
  );
}
