import type { AssistantContent, FileContent, ImageContent, UserContent } from "@acc/dual-mode";
import { listAt, type Members, membersAt, textAt, unknownType } from "../body/guards.ts";
import { InvalidBody } from "../body/invalid-body.ts";
import { toolArguments } from "../body/tool-arguments.ts";
import { fromSignature } from "./signature.ts";

/**
 * Returns the blocks of a content, each with its path in the body; a string is one block of text.
 */
export function blocksOf(content: unknown, at: string): readonly [Members, string][] {
  if (content === undefined || content === null) return [];
  if (typeof content === "string") return [[{ type: "text", text: content }, at]];
  return listAt(content, at).map((block, index) => {
    const here = `${at}[${index}]`;
    return [membersAt(block, here), here];
  });
}

/** Reads a block that a user or a tool gave. */
export function userBlock(block: Members, at: string): UserContent {
  switch (block.type) {
    case "text":
      return { type: "text", text: textAt(block.text, `${at}.text`) };
    case "image":
      return imageOf(membersAt(block.source, `${at}.source`), `${at}.source`);
    case "document":
      return documentOf(block, at);
    case "search_result":
      return { type: "text", text: searchResult(block, at) };
    default:
      throw unknownType(block.type, at, ["text", "image", "document", "search_result"]);
  }
}

/**
 * Reads a block of an assistant; undefined for one that is left out, as a thought with neither text
 * nor signature.
 */
export function assistantBlock(block: Members, at: string): AssistantContent | undefined {
  switch (block.type) {
    case "text":
      return { type: "text", text: textAt(block.text, `${at}.text`) };
    case "thinking": {
      const text = textAt(block.thinking, `${at}.thinking`);
      const signed = fromSignature(block.signature);
      if (text === "" && signed.signature === undefined) return undefined;
      return { type: "reasoning", text, ...signed };
    }
    // Comes from another server, so its content cannot be read here.
    case "redacted_thinking":
      return undefined;
    case "tool_use":
      return {
        type: "tool-call",
        id: textAt(block.id, `${at}.id`),
        name: textAt(block.name, `${at}.name`),
        input: toolArguments(block.input),
      };
    // Summarizes everything that was said before it.
    case "compaction":
      return block.content
        ? { type: "text", text: textAt(block.content, `${at}.content`) }
        : undefined;
    default:
      if (ofTheVendor.test(String(block.type))) return undefined;
      throw unknownType(block.type, at, ["text", "thinking", "redacted_thinking", "tool_use"]);
  }
}

/**
 * Blocks of Anthropic's own servers, in a conversation that began with them. They stay in the
 * history for good, so a refusal would end the session.
 */
const ofTheVendor = /^(server_tool_use|mcp_tool_use|fallback|\w+_tool_result)$/;

function imageOf(source: Members, at: string): ImageContent {
  if (source.type === "url") return { type: "image", url: textAt(source.url, `${at}.url`) };
  if (source.type !== "base64") throw unkept(source.type, at, ["base64", "url"]);
  const mediaType = textAt(source.media_type, `${at}.media_type`);
  return { type: "image", mediaType, data: textAt(source.data, `${at}.data`) };
}

function documentOf(block: Members, at: string): UserContent {
  const here = `${at}.source`;
  const source = membersAt(block.source, here);
  const { title } = block;
  const name = typeof title === "string" && title !== "" ? { name: title.slice(0, 255) } : {};
  switch (source.type) {
    case "base64": {
      const mediaType = textAt(source.media_type, `${here}.media_type`);
      return fileOf({ mediaType, data: textAt(source.data, `${here}.data`) });
    }
    case "url":
      return fileOf({ mediaType: "application/pdf", url: textAt(source.url, `${here}.url`) });
    case "text": {
      const data = Buffer.from(textAt(source.data, `${here}.data`)).toString("base64");
      return fileOf({ mediaType: "text/plain", data });
    }
    case "content":
      return { type: "text", text: apart(textsIn(source.content, `${here}.content`)) };
    default:
      throw unkept(source.type, here, ["base64", "url", "text", "content"]);
  }

  function fileOf(
    held: { readonly mediaType: string } & (
      | { readonly data: string; readonly url?: undefined }
      | { readonly url: string; readonly data?: undefined }
    ),
  ): FileContent {
    return { type: "file", ...held, ...name };
  }
}

function searchResult(block: Members, at: string): string {
  const head = [block.title, block.source].filter((each) => typeof each === "string");
  return apart([...head, textsIn(block.content, `${at}.content`)].join("\n"));
}

/**
 * Separates the text from the question after it: both are joined for a model that takes a single
 * text.
 */
function apart(text: string): string {
  return `${text}\n\n`;
}

function textsIn(content: unknown, at: string): string {
  const texts = blocksOf(content, at).map(([block, here]) => textAt(block.text, `${here}.text`));
  return texts.join("\n");
}

function unkept(type: unknown, at: string, known: readonly string[]): InvalidBody {
  if (type !== "file") return unknownType(type, at, known);
  return new InvalidBody(`${at} names a file by its id: this server keeps no files.`, at);
}
