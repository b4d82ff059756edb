import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { ChatRequest, Message, Reply, RunReply } from "@acc/dual-mode";
import { redact } from "@acc/secrets/redact";
import { given } from "../chat/given.ts";
import type { ChatOptions } from "../chat/parsed-flags.ts";
import type { PrintAnswer } from "../chat/print-answer.ts";
import { appendTurn } from "./append-turn.ts";
import type { LogBounds } from "./keep-within.ts";
import { KnownTurns } from "./known-turns.ts";
import type { LogLevel } from "./log-settings.ts";
import { newId } from "./new-id.ts";
import { type SealingKey, seal } from "./seal.ts";
import { sealingKey } from "./sealing-key.ts";
import { tellOnce, tellPerson } from "./tell-of-log.ts";
import type { KeptFlags, StoredTurn, TurnFacts, TurnTexts } from "./turn.ts";

/** Where a conversation is saved, and how much of it. */
export interface LogPlace {
  readonly folder: string;
  readonly level: LogLevel;
  readonly bounds: LogBounds;
}

/** The result of a question. */
type Outcome = { readonly reply: Reply } | { readonly error: unknown };

/** Saves one conversation turn by turn, each after it was printed. */
export class ConversationLog {
  readonly #place: LogPlace;
  readonly #conversation: string;
  readonly #options: ChatOptions;
  readonly #known = new KnownTurns();

  constructor(place: LogPlace, options: ChatOptions, conversation: string = newId(8)) {
    this.#place = place;
    this.#conversation = conversation;
    this.#options = options;
  }

  /** Marks a turn as already saved in the file. */
  knows(id: string, messages: readonly Message[]): void {
    this.#known.add(id, messages);
  }

  /** Wraps a function that asks, so that each turn is saved. */
  keeping(answer: PrintAnswer): PrintAnswer {
    return async (client, request, asked, onAnswer) => {
      const began = Date.now();
      try {
        const reply = await answer(client, request, asked, onAnswer);
        await this.#keep(began, request, { reply });
        return reply;
      } catch (error) {
        await this.#keep(began, request, { error });
        throw error;
      }
    };
  }

  /** Saves a turn. An error in saving does not fail the answer. */
  async #keep(began: number, request: ChatRequest, outcome: Outcome): Promise<void> {
    const { folder, bounds } = this.#place;
    const all = saidIn(request, outcome);
    const { after, fresh } = this.#known.before(all);
    const facts = factsOf(outcome, began, after);
    const texts: TurnTexts = { messages: fresh, flags: flagsOf(this.#options, request, outcome) };
    try {
      const sealed = await this.#seal(facts, texts, outcome);
      const turn: StoredTurn = { facts, ...(sealed !== undefined && { sealed }) };
      appendTurn(folder, this.#conversation, turn, bounds);
      if ("reply" in outcome) this.#known.add(facts.id, all);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      tellPerson(`The conversation could not be saved: ${code ?? message}.`);
    }
  }

  /**
   * Seals the texts of a turn. Only a new answer, or the first turn saved here, opens the store.
   */
  async #seal(facts: TurnFacts, texts: TurnTexts, outcome: Outcome): Promise<string | undefined> {
    const { folder, level } = this.#place;
    if (level !== "texts") return undefined;
    const mayOpen = ("reply" in outcome && !outcome.reply.cached) || !existsSync(folder);
    const key = mayOpen ? await this.#keyInStore() : sealingKey(folder);
    if (key === undefined) {
      if (mayOpen) tellOnce(folder, notKept);
      return undefined;
    }
    return seal(key, redact(JSON.stringify(texts)), besideOf(this.#conversation, facts));
  }

  async #keyInStore(): Promise<SealingKey | undefined> {
    const { keyInStore } = await import("./make-key.ts");
    const { folder } = this.#place;
    return keyInStore(folder, this.#options.unlock).catch(() => sealingKey(folder));
  }
}

const notKept =
  "The texts of this conversation are not saved, because the secrets store with their key cannot be opened without a passphrase. To save them: acc log init --unlock passphrase";

/** The data that is authenticated together with the texts of a turn. */
export function besideOf(conversation: string, facts: TurnFacts): string {
  return `${conversation} ${JSON.stringify(facts)}`;
}

function saidIn({ messages }: ChatRequest, outcome: Outcome): readonly Message[] {
  if ("error" in outcome) return messages;
  const { reply } = outcome;
  if (isRun(reply)) return reply.messages;
  return [...messages, { role: "assistant", content: reply.content }];
}

function isRun(reply: Reply): reply is RunReply {
  return "messages" in reply;
}

function factsOf(outcome: Outcome, began: number, after: string | undefined): TurnFacts {
  const own = { v: 1, id: newId(6), ...(after !== undefined && { after }) } as const;
  const times = { at: new Date(began).toISOString(), ms: Date.now() - began };
  if ("error" in outcome) {
    const { code } = Object(outcome.error) as { code?: unknown };
    return { ...own, ...times, error: typeof code === "string" ? code : "UNEXPECTED" };
  }
  const { reply } = outcome;
  const { provider, mode, model, cached, finishReason, usage, cost } = reply;
  const of = { provider, mode, model, cached, finishReason, usage, cost };
  const steps = isRun(reply) ? reply.steps.length : undefined;
  return { ...own, ...times, ...given<TurnFacts>({ ...(of as TurnFacts), steps }) };
}

/** The flags with which the conversation continues, including its provider. */
function flagsOf(options: ChatOptions, request: ChatRequest, outcome: Outcome): KeptFlags {
  const { maxTokens, temperature, topP, topK, presencePenalty, frequencyPenalty } = options;
  const { stop, seed, reasoning, only, billing, provider: named } = options;
  const { model, system } = request;
  const answered = "reply" in outcome ? outcome.reply.provider : undefined;
  const isNamed = answered === undefined || named?.includes(answered);
  const tools = options.tools?.map((word) => (word.startsWith("mcp:") ? word : resolve(word)));
  return given<KeptFlags>({
    ...{
      provider: isNamed ? named : [answered],
      model,
      system,
      maxTokens,
      temperature,
      topP,
      topK,
    },
    ...{ presencePenalty, frequencyPenalty, stop, seed, reasoning, only, billing, tools },
  });
}
