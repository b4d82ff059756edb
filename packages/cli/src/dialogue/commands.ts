import { homedir } from "node:os";
import { readAttachments } from "../chat/attachments.ts";
import { write } from "../output/terminal.ts";
import { checkNames } from "../providers.ts";
import { describeSpent, type Spent } from "./answer-cost.ts";
import { loadMessages, saveMessages } from "./messages-file.ts";
import type { Talk } from "./talk.ts";

/** The state that a command can use. */
export interface Dialogue {
  readonly talk: Talk;
  spent(): Spent;
  /** The files that this conversation was saved to or loaded from, which it may replace. */
  readonly ownFiles: Set<string>;
  /** Absent if no editor can be opened. */
  readonly edit: ((text: string) => Promise<string>) | undefined;
}

/** What follows a command: a draft of the next message, or the end of the conversation. */
export interface Outcome {
  readonly draft?: string;
  readonly isOver?: true;
}

export interface DialogueCommand {
  readonly wants: string;
  readonly what: string;
  readonly run: (dialogue: Dialogue, given: string) => Promise<Outcome | undefined>;
}

const command = (
  wants: string,
  what: string,
  run: (dialogue: Dialogue, given: string) => unknown,
): DialogueCommand => ({
  wants,
  what,
  run: async (dialogue, given) => {
    await run(dialogue, given);
    return undefined;
  },
});

/** The commands by their words, in the order of /help. */
export const dialogueCommands: Readonly<Record<string, DialogueCommand>> = {
  "/system": command("TEXT", "the system prompt; - removes it", system),
  "/model": command("NAME", "ask this model from now on", model),
  "/provider": command(
    "NAMES",
    "ask this provider, or several in order, separated by commas",
    provider,
  ),
  "/attach": command("PATH", "attach a PDF, an image or a text to the next message", attach),
  "/save": command("FILE", "write the conversation into a file, as JSON", save),
  "/load": command("FILE", "continue the conversation in a file", load),
  "/clear": command("", "start a new conversation", clear),
  "/retry": command("", "ask the last question again", retry),
  "/undo": command("", "remove the last question and its answer", undo),
  "/cost": command("", "tokens and US dollars so far", ({ spent }) => say(describeSpent(spent()))),
  "/edit": { wants: "", what: "write the message in $EDITOR (Ctrl-G)", run: edit },
  "/help": command("", "this", () => {}),
  "/exit": { wants: "", what: "end (Ctrl-D too)", run: async () => ({ isOver: true }) },
};

/** Prints the output of a command, also with --quiet, since the user asked for it. */
function say(text: string): void {
  write(process.stderr, `${text}\n`);
}

function system({ talk }: Dialogue, text: string): void {
  if (text !== "") talk.useSystem(text === "-" ? undefined : text);
  if (talk.system === undefined) say("There is no system prompt now.");
  else say(`The system prompt: ${talk.system}`);
}

function model({ talk }: Dialogue, name: string): void {
  if (name !== "") talk.useModel(name);
  say(`The model is ${talk.model ?? "the provider's own"}.`);
}

async function provider({ talk }: Dialogue, given: string): Promise<void> {
  const names = given.split(",").map((name) => name.trim());
  if (given !== "") await talk.useProviders(await checkNames(names));
  say(`The provider is ${given === "" ? talk.provider : names.join(", ")}.`);
}

async function attach({ talk }: Dialogue, given: string): Promise<void> {
  if (given === "-") return say("In a conversation the questions come from stdin.");
  if (given !== "") talk.attach(await readAttachments({ attach: [pathOf(given)] }));
  const count = talk.attached.length;
  const what = count === 1 ? "One file goes" : `${count} files go`;
  say(`${count === 0 ? "Nothing goes" : what} with the next message.`);
}

async function save({ talk, ownFiles }: Dialogue, given: string): Promise<void> {
  if (given === "") return say("Name a file: /save FILE");
  const path = pathOf(given);
  const first =
    talk.system === undefined ? [] : [{ role: "system", content: talk.system } as const];
  await saveMessages(path, [...first, ...talk.said], ownFiles.has(path));
  ownFiles.add(path);
  say(`${talk.said.length} messages are in ${path}.`);
}

async function load({ talk, ownFiles }: Dialogue, given: string): Promise<void> {
  if (given === "") return say("Name a file: /load FILE");
  const path = pathOf(given);
  const messages = await loadMessages(path);
  const [first, ...rest] = messages;
  if (first?.role === "system" && typeof first.content === "string") {
    talk.useSystem(first.content);
    talk.begin(rest);
  } else talk.begin(messages);
  ownFiles.add(path);
  say(`The conversation continues after ${talk.said.length} messages.`);
}

async function retry({ talk }: Dialogue): Promise<void> {
  if (!(await talk.retry())) say("Nothing was asked yet.");
}

function clear({ talk }: Dialogue): void {
  talk.begin();
  talk.detach();
  say("There are no messages yet; the next one starts a new conversation.");
}

function undo({ talk }: Dialogue): void {
  const question = talk.undo();
  const [line, ...more] = question?.split("\n") ?? [];
  if (line === undefined) say("Nothing was asked yet.");
  else say(`Removed: ${line}${more.length > 0 ? " …" : ""}`);
}

async function edit({ edit: open }: Dialogue, given: string): Promise<Outcome | undefined> {
  if (open !== undefined) return { draft: await open(given) };
  say("An editor needs a terminal; here each line is a message.");
  return undefined;
}

/** Reads a path as it is typed, or as a terminal inserts that of a file dropped on it. */
function pathOf(given: string): string {
  const quoted = /^(["'])(.*)\1$/s.exec(given)?.[2];
  const bare = process.platform === "win32" ? given : given.replaceAll(/\\([ '"()&])/g, "$1");
  return quoted ?? bare.replace(/^~(?=\/|$)/, homedir());
}
