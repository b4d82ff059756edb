import type { Client } from "@acc/dual-mode";
import { key } from "../harness/dummy-key.ts";
import type { Kind } from "../harness/report.ts";

/** One way to ask a vendor, which gives the answer's text. */
export interface Call {
  readonly name: string;
  readonly kind: Kind;
  ask(prompt: string): Promise<string>;
}

/** What is compared in one table. */
export interface Calls {
  readonly ours: Call;
  /** The SDK that ours is built on, asked for what ours asks it for. */
  readonly bare: Call;
  /** Another library, and the bare SDK asked for what that library asks the vendor for. */
  readonly peer?: { readonly call: Call; readonly bare: Call };
  readonly floor?: Call;
}

/** The calls of one vendor. */
export interface VendorCalls {
  readonly vendor: string;
  readonly chat: Calls;
  readonly stream: Calls;
  close(): Promise<void>;
}

/** The options of a client of ours that goes to the SDK and nowhere else. */
export function ownOptions(baseUrl: string) {
  return { apiKey: key, baseUrl, only: "sdk", secrets: false, cache: false, retry: 0 } as const;
}

/** `chat()` and `stream()` of our client. */
export function ours(name: string, client: Client): { chat: Call; stream: Call } {
  return {
    chat: {
      name: `${name} chat()`,
      kind: "ours",
      ask: async (prompt) => (await client.chat(prompt)).text,
    },
    stream: { name: `${name} stream()`, kind: "ours", ask: (prompt) => streamed(client, prompt) },
  };
}

async function streamed(client: Client, prompt: string): Promise<string> {
  let text = "";
  for await (const part of client.stream(prompt)) if (part.type === "text") text += part.text;
  return text;
}
