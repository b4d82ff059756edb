import * as z from "zod/mini";
import { check } from "./check.ts";
import { type Form, isText, type Member, once, unless } from "./form.ts";
import { prompt } from "./request-forms.ts";

const string = unless(
  isText,
  once(() => z.string()),
);
const text = once(() => z.strictObject({ type: z.literal("text"), text: z.string() }));
const imageType = once(() =>
  z
    .string()
    .check(
      matches(
        /^\s*image\/(x-)?(png|p?jpe?g|webp|gif)\s*(;|$)/i,
        'must be one of "image/png", "image/jpeg", "image/webp", "image/gif"',
      ),
    ),
);
const fileType = once(() =>
  z
    .string()
    .check(matches(/^\s*[\w.+-]+\/[\w.+-]+\s*(;|$)/, 'must be a media type, as "application/pdf"')),
);
/** Bytes and URLs are checked later, when they are brought into their one form. */
const source = once(() => ({ data: z.optional(z.string()), url: z.optional(z.string()) }));

function matches(pattern: RegExp, message: string) {
  return z.check<string>(({ value, issues }) => {
    if (!pattern.test(value)) issues.push({ code: "custom", input: value, message });
  });
}

/** Checks that there are either bytes or a URL. */
const oneSource = z.check<{
  readonly data?: string | undefined;
  readonly url?: string | undefined;
}>(({ value, issues }) => {
  if ((value.data === undefined) !== (value.url === undefined)) return;
  const message = "or url must be given, and not both";
  issues.push({ code: "custom", input: value, path: ["data"], message });
});
const image = once(() =>
  z
    .strictObject({ type: z.literal("image"), mediaType: z.optional(imageType()), ...source() })
    .check(oneSource),
);
const file = once(() =>
  z
    .strictObject({
      type: z.literal("file"),
      mediaType: fileType(),
      name: z.optional(prompt().check(z.maxLength(255))),
      ...source(),
    })
    .check(oneSource),
);
const toolCall = once(() => ({
  id: z.string(),
  name: z.string(),
  input: z.unknown(),
  signature: z.optional(z.string()),
}));
const toolCalls = once(() => z.array(z.strictObject(toolCall())));
const reasoning = once(() =>
  z.strictObject({
    type: z.literal("reasoning"),
    text: z.string(),
    signature: z.optional(z.string()),
  }),
);
const callInPlace = once(() => z.strictObject({ type: z.literal("tool-call"), ...toolCall() }));
const texts = once(() => z.array(text()));
const userContent = once(() => z.array(z.discriminatedUnion("type", [text(), image(), file()])));
const assistantContent = once(() =>
  z.array(z.discriminatedUnion("type", [text(), reasoning(), callInPlace()])),
);

/** A string or a list of parts. */
const stringOr =
  (one: Member, list: Member): Member =>
  (value) =>
    (Array.isArray(value) ? list : one)(value);

const role: Member = unless(
  (value) => isText(value) && Object.hasOwn(forms, value),
  once(() => z.enum(["system", "user", "assistant", "tool"])),
);

const forms: Readonly<Record<string, Form>> = {
  system: { members: { role, content: stringOr(string, texts) }, required: ["content"] },
  user: { members: { role, content: stringOr(string, userContent) }, required: ["content"] },
  assistant: {
    members: { role, content: stringOr(string, assistantContent), toolCalls },
    required: ["content"],
  },
  tool: {
    members: {
      role,
      toolCallId: string,
      content: stringOr(string, userContent),
      isError: once(() => z.boolean()),
    },
    required: ["toolCallId", "content"],
  },
};

const anyMessage: Form = { members: { role }, required: ["role"] };

/**
 * Most messages are plain text; checking each against its form would cost a cache hit half as much
 * as its key.
 */
function isPlainText(message: unknown): boolean {
  if (typeof message !== "object" || message === null || Array.isArray(message)) return false;
  const { role, content } = message as { readonly role?: unknown; readonly content?: unknown };
  if (typeof content !== "string") return false;
  if (role !== "user" && role !== "assistant" && role !== "system") return false;
  for (const name in message) if (name !== "role" && name !== "content") return false;
  return true;
}

/**
 * Checks each message against the form of its role.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST`, naming the message and its member
 */
export function checkMessages(messages: readonly unknown[], subject: string): void {
  for (let index = 0; index < messages.length; index += 1) {
    const message = messages[index];
    if (isPlainText(message)) continue;
    const named: unknown = Object(message).role;
    const form = typeof named === "string" && Object.hasOwn(forms, named) && forms[named];
    check(form || anyMessage, message, `${subject}[${index}]`);
  }
}
