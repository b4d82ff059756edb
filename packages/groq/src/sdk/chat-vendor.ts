import { type ChatVendor, isMembers, refusalError } from "@acc/dual-mode/provider";
import { refusals } from "../failure-rows.ts";

/** The vendor's name for messages about a stream, and how errors in it are converted. */
export const groqApi: ChatVendor = {
  who: "Groq's API",
  usage: ({ x_groq }) => (isMembers(x_groq) ? x_groq.usage : undefined),
  error: ({ x_groq }) => (isMembers(x_groq) ? x_groq.error : undefined),
  failure: (told) => refusalError(told, { ...refusals, who: "Groq's API said in mid-stream" }),
};
