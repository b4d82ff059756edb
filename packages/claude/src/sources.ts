import { type ForeignSource, isMembers, type Members } from "@acc/dual-mode/provider";

/** Converts a citation: a page, a document of the request, or a search result from the caller. */
export function toSource(citation: Members): ForeignSource {
  const { url, source, title, document_title, cited_text } = citation;
  return { url: url ?? source, title: title ?? document_title, text: cited_text };
}

/** Returns the citations of a text block that came as a whole. */
export function citedIn({ citations }: Members): readonly ForeignSource[] {
  return membersIn(citations).map(toSource);
}

/** Returns the pages that the vendor's own search and fetch found. */
export function foundIn({ type, content }: Members): readonly ForeignSource[] {
  if (type === "web_search_tool_result") {
    return membersIn(content).map(({ url, title }) => ({ url, title, text: undefined }));
  }
  if (type !== "web_fetch_tool_result" || !isMembers(content)) return [];
  const document = isMembers(content.content) ? content.content : {};
  return [{ url: content.url, title: document.title, text: undefined }];
}

function membersIn(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.filter(isMembers) : [];
}
