import type { Refusal } from "../contract/access.ts";
import { parseBody } from "../safety/read-json-body.ts";
import type { Wire, WireCall } from "../wires/wire.ts";
import { frozen } from "./frozen.ts";

/** Calls that are kept for each wire, and the longest body of a kept call in UTF-16 units. */
const most = 64;
const longest = 16_384;

/**
 * Reads the bodies of calls, and keeps the last ones, with their requests validated and frozen. A
 * call that the cache can answer was made before with the same body, and clients recognize its
 * frozen request.
 */
export class ReadCalls {
  readonly #kept = new Map<Wire, Map<string, WireCall>>();

  /** @throws {@link InvalidBody} */
  read(wire: Wire, text: string): WireCall | { readonly refusal: Refusal } {
    const kept = this.#of(wire);
    const known = kept.get(text);
    if (known !== undefined) return known;
    const body = parseBody(text);
    if ("refusal" in body) return body;
    const call = wire.read(body.value);
    if (text.length <= longest) keep(kept, text, call);
    return call;
  }

  #of(wire: Wire): Map<string, WireCall> {
    const known = this.#kept.get(wire);
    if (known !== undefined) return known;
    const made = new Map<string, WireCall>();
    this.#kept.set(wire, made);
    return made;
  }
}

/** Keeps a call, and removes the oldest if there are too many. */
function keep(kept: Map<string, WireCall>, text: string, call: WireCall): void {
  const [oldest] = kept.keys();
  if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
  frozen(call.request);
  kept.set(text, call);
}
