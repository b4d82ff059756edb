import { givenText, isMembers, type RunContext, unreadable } from "@acc/dual-mode/provider";
import { who } from "../chunk.ts";
import { addressOf, ask } from "./ask.ts";
import { jsonOf } from "./json-of.ts";

const type = "application/jsonl";

/**
 * Uploads a file and returns its name: "files/abc". The answer to a first request tells where to
 * send the file. https://ai.google.dev/api/files#method:-media.upload
 */
export async function upload(
  file: Blob,
  displayName: string,
  context: RunContext<object>,
): Promise<string> {
  const begun = await ask(context, "/upload/v1beta/files", {
    method: "POST",
    headers: {
      ...{ "x-goog-upload-protocol": "resumable", "x-goog-upload-command": "start" },
      "x-goog-upload-header-content-length": String(file.size),
      "x-goog-upload-header-content-type": type,
    },
    body: JSON.stringify({ file: { displayName } }),
  });
  const path = uploadPath(begun.headers.get("x-goog-upload-url"), addressOf(context));
  const ended = await ask(context, path, {
    method: "POST",
    headers: {
      ...{ "content-type": type, "x-goog-upload-offset": "0" },
      "x-goog-upload-command": "upload, finalize",
    },
    body: file,
  });
  const { file: made } = await jsonOf(ended);
  const name = isMembers(made) ? givenText(made.name) : undefined;
  if (name === undefined) throw unreadable(who, "a file without its name");
  return name;
}

/** The parts of a URL that cannot be parsed. */
const none = { protocol: "", pathname: "", search: "" };

/**
 * Takes only the path of the URL in the answer, so that the key is sent only to the caller's
 * address.
 */
function uploadPath(told: string | null, address: string): string {
  const { protocol, pathname, search } = URL.canParse(told ?? "") ? new URL(told ?? "") : none;
  if (!/^https?:$/.test(protocol)) throw unreadable(who, "no address for an upload");
  const prefix = new URL(address).pathname.replace(/\/+$/, "");
  const path =
    prefix !== "" && pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname;
  return `${path}${search}`;
}
