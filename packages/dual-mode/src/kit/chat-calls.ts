import type { Part } from "../contract/part.ts";
import { CallIds } from "../foreign/call-ids.ts";
import { unreadable } from "../foreign/unreadable.ts";
import type { ChatCallDelta } from "./chat-chunk.ts";
import { PendingCall } from "./pending-call.ts";

/**
 * Puts the pieces of tool calls together. Servers number them by an index, name them by an id, do both,
 * neither, or begin the index again with each: a piece belongs to the call that it can belong to.
 */
export class ChatCalls {
  readonly #who: string;
  readonly #calls: PendingCall[] = [];
  /** The last one under each index, and of each id. */
  readonly #byIndex = new Map<number, PendingCall>();
  readonly #byId = new Map<string, PendingCall>();
  readonly #ids = new CallIds();

  /** @param who As the subject of a sentence: "Example's API". */
  constructor(who: string) {
    this.#who = who;
  }

  get size(): number {
    return this.#calls.length;
  }

  /** Takes a piece in, and gives what can be shown of its call. */
  add(delta: ChatCallDelta): Part | undefined {
    const call = this.#callOf(delta) ?? this.#open(delta);
    call.add(delta);
    if (call.id !== undefined) this.#byId.set(call.id, call);
    const text = call.takeUnshown();
    if (text === undefined) return undefined;
    return { type: "tool-input", id: this.#idOf(call), name: call.name, text };
  }

  /**
   * The calls. One that the bound of tokens cut is none.
   * @throws {@link DualModeError} `INVALID_OUTPUT`
   */
  whole(cut: boolean): readonly Part[] {
    const last = this.#calls.at(-1);
    const calls = cut && !last?.isWhole ? this.#calls.slice(0, -1) : this.#calls;
    return calls.map((call) => {
      const { name } = call;
      if (name === "") throw unreadable(this.#who, "a tool call without the tool's name");
      return { type: "tool-call", id: this.#idOf(call), name, input: call.input() };
    });
  }

  /** The call that a piece continues with; undefined where it begins one. */
  #callOf(delta: ChatCallDelta): PendingCall | undefined {
    const { index, id } = delta;
    const named = id === undefined ? undefined : this.#byId.get(id);
    const known = named?.mayBeAt(index) ? named : undefined;
    const call = known ?? this.#lastAt(delta);
    const isOther = known === undefined && id !== undefined && call?.id !== undefined;
    return call?.isFollowedBy(delta, isOther) ? undefined : call;
  }

  #lastAt({ index, id, name }: ChatCallDelta): PendingCall | undefined {
    const here = index === undefined ? undefined : this.#byIndex.get(index);
    const last = this.#calls.at(-1);
    if (here !== undefined || last === undefined) return here;
    // Arguments that are nobody's are those of the call that has none yet.
    const isNobodys = id === undefined && name === undefined && last.json === "";
    return isNobodys || last.mayBeAt(index) ? last : undefined;
  }

  #open({ index, id }: ChatCallDelta): PendingCall {
    const call = new PendingCall(index, id);
    this.#calls.push(call);
    if (index !== undefined) this.#byIndex.set(index, call);
    return call;
  }

  #idOf(call: PendingCall): string {
    call.shownId ??= this.#ids.give(call.id);
    return call.shownId;
  }
}
