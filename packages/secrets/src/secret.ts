import { releaseValue, retainValue } from "./live-values.ts";

/** The source of a value. */
export type SecretSource = "explicit" | "store" | "default" | `env:${string}`;

const mask = "[redacted]";
const brand: symbol = Symbol.for("@acc/secrets.secret@0");
const inspected: symbol = Symbol.for("nodejs.util.inspect.custom");

/** What a store knows about a value besides the value itself. */
interface Stored {
  readonly version?: number;
  readonly stale?: true;
}

/** Releases a value when its `Secret` is no longer reachable; until then the value is redacted. */
const holders = new FinalizationRegistry<string>(releaseValue);

/** A value that prints as `[redacted]` everywhere; only `reveal()` returns it. */
export class Secret {
  readonly name: string;
  readonly source: SecretSource;
  /** The version in the store; absent for a value from another source. */
  readonly version?: number;
  /** True if the store cannot be reached now, and this is its last known value. */
  readonly stale?: true;
  readonly #value: string;

  static {
    Object.defineProperty(Secret.prototype, brand, { value: true });
    Object.defineProperty(Secret.prototype, inspected, { value: () => mask });
  }

  constructor(name: string, value: string, source: SecretSource, stored: Stored = {}) {
    this.name = name;
    this.source = source;
    if (stored.version !== undefined) this.version = stored.version;
    if (stored.stale) this.stale = true;
    this.#value = value;
    for (const form of new Set([value, value.trim()])) {
      retainValue(form);
      holders.register(this, form);
    }
  }

  /** Returns the value. Do not log it, and do not put it into an argv or a URL. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [Symbol.toPrimitive](): string {
    return mask;
  }

  get [Symbol.toStringTag](): string {
    return "Secret";
  }

  /** Returns true for a secret of this package, including one made by another copy of it. */
  static is(value: unknown): value is Secret {
    return typeof value === "object" && value !== null && brand in value;
  }
}

/** Wraps a value that was passed as an option, so that it is redacted from then on. */
export function createSecret(
  name: string,
  value: string,
  source: SecretSource = "explicit",
): Secret {
  return new Secret(name, value, source);
}
