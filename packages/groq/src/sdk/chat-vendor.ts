import { type ChatVendor, isMembers } from "@acc/dual-mode/provider";
import { toError } from "./error.ts";

/** Who speaks in a stream, and what it means where an error is told in it. */
export const groqApi: ChatVendor = {
  who: "Groq's API",
  usage: ({ x_groq }) => (isMembers(x_groq) ? x_groq.usage : undefined),
  failure: (told) => toError(Object.assign(new Error("an error"), { error: told })) as Error,
};
