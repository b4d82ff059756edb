import { DualModeError } from "../error.ts";
import { wellFormed } from "./well-formed.ts";

/** The deepest nesting, which is also that of a request's key. */
const deepest = 200;
/**
 * The most values: small structures that contain one another by reference can expand without end.
 */
const mostValues = 1_000_000;

/**
 * Returns a copy of a value as JSON would store it, with well-formed text.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` for a value that JSON cannot hold, naming its
 * place
 */
export function jsonCopy(value: unknown, at: string): unknown {
  const copying = new Copying(at);
  try {
    return copying.copy(value);
  } catch (cause) {
    throw DualModeError.is(cause) ? cause : copying.unreadable(cause);
  }
}

class Copying {
  readonly #at: string;
  readonly #path: (string | number)[] = [];
  #values = 0;

  constructor(at: string) {
    this.#at = at;
  }

  /**
   * @param told Whether a `toJSON` returned the value: it is then not called again, as in
   * `JSON.stringify`.
   */
  copy(value: unknown, told = false): unknown {
    if (++this.#values > mostValues) throw this.#fault("is too large to be sent");
    switch (typeof value) {
      case "string":
        return wellFormed(value);
      case "boolean":
        return value;
      case "number":
        if (Number.isFinite(value)) return value;
        throw this.#fault(`is ${value}, which JSON cannot hold`);
      case "object":
        return value === null ? null : this.#copyObject(value, told);
      default:
        throw this.#fault(`is a ${typeof value}, which JSON cannot hold`);
    }
  }

  #copyObject(value: object, told: boolean): unknown {
    if (this.#path.length > deepest) throw this.#fault("is nested too deep, or holds itself");
    if (Array.isArray(value)) {
      return value.map((each, index) => this.#member(index, each ?? null));
    }
    if (!told && "toJSON" in value && typeof value.toJSON === "function") {
      return this.copy(value.toJSON(), true);
    }
    if (value instanceof Map || value instanceof Set) {
      throw this.#fault(`is a ${value.constructor.name}, which JSON cannot hold`);
    }
    const copied: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined) continue;
      const copy = this.#member(name, member);
      // An assignment would set the object's prototype.
      if (name === "__proto__") {
        const own = { value: copy, enumerable: true, configurable: true, writable: true };
        Object.defineProperty(copied, name, own);
      } else {
        copied[wellFormed(name)] = copy;
      }
    }
    return copied;
  }

  #member(name: string | number, value: unknown): unknown {
    this.#path.push(name);
    const copied = this.copy(value);
    this.#path.pop();
    return copied;
  }

  /** Returns the error if a getter, a proxy or a `toJSON` threw. */
  unreadable(cause: unknown): DualModeError {
    return this.#fault("cannot be read", cause);
  }

  #fault(what: string, cause?: unknown): DualModeError {
    const place = this.#path
      .slice(0, 8)
      .map((name) => (typeof name === "number" ? `[${name}]` : `.${wellFormed(name)}`))
      .join("");
    const message = `${this.#at}${place} ${what}.`;
    return new DualModeError("INVALID_REQUEST", message, { cause });
  }
}
