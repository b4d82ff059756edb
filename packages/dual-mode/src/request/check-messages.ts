import * as z from "zod/mini";
import { check } from "./check.ts";
import { type Form, type Member, once } from "./form.ts";
import { prompt } from "./request-forms.ts";

const string = once(() => z.string());
const text = once(() => z.strictObject({ type: z.literal("text"), text: z.string() }));
const image = once(() =>
  z.strictObject({
    type: z.literal("image"),
    mediaType: z.enum(["image/png", "image/jpeg", "image/webp", "image/gif"]),
    data: prompt(),
  }),
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
const textsAndImages = once(() => z.array(z.discriminatedUnion("type", [text(), image()])));
const assistantContent = once(() =>
  z.array(z.discriminatedUnion("type", [text(), reasoning(), callInPlace()])),
);

/** A string or a list of parts. */
const stringOr =
  (one: Member, list: Member): Member =>
  (value) =>
    (Array.isArray(value) ? list : one)(value);

const role = once(() => z.enum(["system", "user", "assistant", "tool"]));

const forms: Readonly<Record<string, Form>> = {
  system: { members: { role, content: string }, required: ["content"] },
  user: { members: { role, content: stringOr(string, textsAndImages) }, required: ["content"] },
  assistant: {
    members: { role, content: stringOr(string, assistantContent), toolCalls },
    required: ["content"],
  },
  tool: {
    members: {
      role,
      toolCallId: string,
      content: stringOr(string, textsAndImages),
      isError: once(() => z.boolean()),
    },
    required: ["toolCallId", "content"],
  },
};

const anyMessage: Form = { members: { role }, required: ["role"] };

/**
 * Checks each message by the form of its role.
 * @throws {@link DualModeError} `INVALID_REQUEST`, naming the message and its member
 */
export function checkMessages(messages: readonly unknown[], subject: string): void {
  for (const [index, message] of messages.entries()) {
    const named: unknown = Object(message).role;
    const form = typeof named === "string" && Object.hasOwn(forms, named) && forms[named];
    check(form || anyMessage, message, `${subject}[${index}]`);
  }
}
