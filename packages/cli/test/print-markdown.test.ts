import type { Client, Part, Reply } from "@acc/dual-mode";
import { afterEach, expect, it, vi } from "vitest";
import { printMarkdown } from "../src/dialogue/print-markdown.ts";

afterEach(() => vi.restoreAllMocks());

const call = { id: "c1", name: "look", input: {} };
const reply = { text: "", toolCalls: [], warnings: [] } as unknown as Reply;

/** What is on stdout after these parts, with a mark where the next words may begin. */
async function printed(parts: readonly (Part | Error)[], toolCalls: Reply["toolCalls"] = []) {
  let written = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    written += text;
    return true;
  });
  async function* play() {
    for (const part of parts) {
      if (part instanceof Error) throw part;
      yield part;
    }
  }
  const stream = Object.assign(play(), { reply: Promise.resolve({ ...reply, toolCalls }) });
  const client = { stream: () => stream } as unknown as Client;
  const done = printMarkdown(client, { messages: [] }, {}, () => {});
  await done.catch(() => {
    written += "<failed>";
  });
  return written;
}

const text = (words: string): Part => ({ type: "text", text: words });

it("ends the line behind an answer", async () => {
  expect(await printed([text("a **b"), text("** c")])).toBe("a **b** c\n");
  expect(await printed([])).toBe("\n");
});

it("has written all words before a tool is called, and those behind it on a line of their own", async () => {
  const parts = [text("Let me lo"), text("ok"), { type: "tool-call", ...call } as const];
  expect(await printed([...parts, text("It is 5.")])).toBe("Let me look\nIt is 5.\n");
  expect(await printed(parts, [call])).toBe(`Let me look\n${JSON.stringify(call)}\n`);
});

it("loses nothing of an answer that fails", async () => {
  expect(await printed([text("a **b c"), new Error("no")])).toBe("a **b c\n<failed>");
});
