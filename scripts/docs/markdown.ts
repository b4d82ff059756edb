/** A fenced block of code in a document. */
export interface CodeBlock {
  readonly language: string;
  /** Line of its first line of code, from 1. */
  readonly line: number;
  readonly code: string;
}

export function codeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { fence: string; language: string; line: number; code: string[] } | undefined;
  for (const [index, text] of markdown.split("\n").entries()) {
    if (open && text.trim() === open.fence) {
      blocks.push({ ...open, code: open.code.join("\n") });
      open = undefined;
    } else if (open) {
      open.code.push(text);
    } else {
      const [, fence, language = ""] = /^\s*(`{3,})\s*(\S*)/.exec(text) ?? [];
      if (fence) open = { fence, language, line: index + 2, code: [] };
    }
  }
  return blocks;
}

/** The document's lines with the code in them blanked. */
export function prose(markdown: string): string[] {
  const lines = markdown.split("\n");
  for (const { line, code } of codeBlocks(markdown)) {
    lines.fill("", line - 1, line - 1 + code.split("\n").length);
  }
  return lines.map((text) => text.replace(/`[^`]*`/g, ""));
}
