import { DualModeError } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";

/**
 * Whether a model accepts system messages after the first turn. Claude does from 4.8 on; earlier
 * models answer "role 'system' is not supported on this model".
 * https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages
 */
export function takesSystemTurns(model: string): boolean {
  const [, major = "", minor = "0"] =
    /^claude-[a-z]+-(\d{1,2})(?:-(\d{1,2}))?(?!\d)/.exec(model) ?? [];
  if (major !== "") return Number(major) > 4 || (Number(major) === 4 && Number(minor) >= 8);
  return !/^claude-(\d|instant|mythos-preview)/.test(model);
}

/** @throws {@link DualModeError} `UNSUPPORTED_FEATURE` */
export function checkSystemTurns(model: string): void {
  if (takesSystemTurns(model)) return;
  const said = `${model} takes no system message after the first turn: Claude does from 4.8 on.`;
  throw new DualModeError("UNSUPPORTED_FEATURE", said, { fix: "Name a later model." });
}

type SystemParam = Anthropic.SystemMessageParam & { content: Anthropic.TextBlockParam[] };

/**
 * Places system messages where the API accepts them: after a user's turn, before the assistant's or
 * at the end. One that precedes a user's message is moved after it.
 */
export class SystemTurns {
  #held: Anthropic.TextBlockParam[] = [];

  hold(content: readonly Anthropic.TextBlockParam[]): void {
    const [first, ...rest] = content;
    if (this.#held.length > 0 && first !== undefined) {
      this.#held.push({ ...first, text: `\n\n${first.text}` }, ...rest);
    } else this.#held.push(...content);
  }

  /** Returns the held messages, if the last turn was the user's. */
  take(last: "user" | "assistant" | undefined): SystemParam[] {
    if (this.#held.length === 0 || last !== "user") return [];
    const content = this.#held;
    this.#held = [];
    return [{ role: "system", content }];
  }
}
