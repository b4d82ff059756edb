import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { UsageError } from "../failure.ts";

/** A JSON document, comments allowed, whose faults can be pointed at. */
export function parseJson(text: string, path: string): Node {
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

/** The error for a fault at an offset, with its line and column. */
export function invalidFile(text: string, path: string, offset: number, what: string): UsageError {
  const before = text.slice(0, offset).split("\n");
  const column = (before.at(-1) ?? "").length + 1;
  const place = `${path}:${before.length}:${column}`;
  return new UsageError(
    `${place}: ${what}`,
    "Mend the file at this line and column.",
    "INVALID_FILE",
  );
}
