import type { Command } from "commander";
import type { ChatOptions } from "../chat/parsed-flags.ts";
import { chatFlags } from "./chat-flags.ts";

export function chatCommand(): Command {
  return chatFlags().action(async (words: string[], options: ChatOptions, chosen: Command) => {
    const { chat } = await import("../chat/chat.ts");
    await chat(words, named(options), chosen);
  });
}

/** Drops `provider` and `template` if the flag's value was read as a parameter or a temperature. */
function named({ provider, template, ...others }: ChatOptions): ChatOptions {
  return { ...others, ...(provider && { provider }), ...(template && { template }) };
}
