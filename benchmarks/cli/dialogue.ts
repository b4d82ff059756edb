import type { Said } from "./stand-in.ts";

/** What is written to a command once it has given the response of that id (JSON-RPC). */
export interface Reply {
  readonly after: unknown;
  readonly text: string;
  /** The ids that the recorded response gave, in its order: another run has others. */
  readonly given: readonly string[];
}

/** What a host says to a command, as it was recorded. */
export interface Dialogue {
  /** Said at once. */
  readonly stdin: string;
  readonly replies: readonly Reply[];
  /** The notice after which stdin is closed; absent where it is closed at once. */
  readonly endsAfter?: string;
}

const ids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Puts a recorded run in the form in which it can be said again. */
export function toDialogue(said: readonly Said[]): Dialogue {
  const replies: Reply[] = [];
  let [stdin, endsAfter, response, last] = ["", "", "", ""];
  for (const one of said) {
    if (one === "end") endsAfter = last && String(JSON.parse(last).method);
    else if ("command" in one) {
      last = one.command;
      if (idOf(last) !== undefined) response = last;
    } else if (last === "") stdin += one.host;
    else replies.push({ after: idOf(response), text: one.host, given: response.match(ids) ?? [] });
  }
  return { stdin, replies, ...(endsAfter && { endsAfter }) };
}

/** What this line of the command is answered with. */
export function answerTo(line: string, { replies }: Dialogue): string | undefined {
  const id = idOf(line);
  const reply = id === undefined ? undefined : replies.find(({ after }) => after === id);
  const now = line.match(ids) ?? [];
  return reply?.given.reduce((text, was, at) => text.replaceAll(was, now[at] ?? was), reply.text);
}

/** Whether nothing more is said after this line. */
export function isLast(line: string, { endsAfter }: Dialogue): boolean {
  return endsAfter !== undefined && JSON.parse(line).method === endsAfter;
}

/** The id of a response; lines of other commands are no JSON-RPC. */
function idOf(line: string): unknown {
  const { id, result } = line.startsWith("{") ? JSON.parse(line) : {};
  return result === undefined ? undefined : id;
}
