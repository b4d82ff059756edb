import { redact } from "@acc/secrets/redact";
import type { Mode } from "../contract/mode.ts";
import type {
  Availability,
  Logger,
  ProbeContext,
  Provider,
  ProviderMode,
} from "../contract/provider.ts";
import { DualModeError } from "../error.ts";
import { attemptError } from "./attempt-error.ts";
import type { ModeFacts } from "./plan.ts";

/** Milliseconds that a probe may take. */
const probeTime = 10_000;

/** Milliseconds for which a closed door is taken to be closed still. */
const closedFor = 10_000;

interface Finding {
  readonly availability: Availability;
  /** On the clock of `performance.now()`. */
  readonly at: number;
}

/** The doors of one client: what each declares, and what its probe found, once it was needed. */
export class ProbedModes<Options extends object> {
  readonly #provider: Provider<Options>;
  readonly #context: Omit<ProbeContext<Options>, "signal">;
  readonly #found = new Map<Mode, Finding>();
  readonly #closed = new AbortController();
  readonly #pending = new Map<Mode, Promise<Availability>>();

  constructor(provider: Provider<Options>, context: Omit<ProbeContext<Options>, "signal">) {
    this.#provider = provider;
    this.#context = context;
  }

  get logger(): Logger {
    return this.#context.logger;
  }

  /** What a plan may know now, without asking anybody. */
  facts(): Partial<Record<Mode, ModeFacts>> {
    const entries = (["cli", "sdk"] as const).flatMap((mode) => {
      const door = this.#provider[mode];
      if (door === undefined) return [];
      const availability = this.known(mode);
      const { credentials, supports } = door;
      return [[mode, { credentials, supports, ...(availability && { availability }) }]];
    });
    return Object.fromEntries(entries);
  }

  /** What the last probe found; a closed door is looked at again after a while. */
  known(mode: Mode): Availability | undefined {
    const finding = this.#found.get(mode);
    if (finding === undefined) return undefined;
    const { availability, at } = finding;
    const closed = !availability.available || availability.login === false;
    if (closed && performance.now() - at > closedFor) return undefined;
    return availability;
  }

  /** Ends the probes that are under way. */
  close(): void {
    this.#closed.abort();
  }

  /** Forgets what a probe found, where a run found otherwise. */
  forget(mode: Mode): void {
    this.#found.delete(mode);
  }

  /** Probes a door; callers at the same moment share one probe. */
  async probe(mode: Mode): Promise<Availability> {
    const door = this.#provider[mode];
    if (door === undefined) throw new RangeError(`${this.#provider.id} has no ${mode} mode.`);
    const pending = this.#pending.get(mode) ?? this.#look(mode, door);
    this.#pending.set(mode, pending);
    try {
      const availability = await pending;
      this.#found.set(mode, { availability, at: performance.now() });
      return availability;
    } finally {
      this.#pending.delete(mode);
    }
  }

  async #look(mode: Mode, door: ProviderMode<Options>): Promise<Availability> {
    const controller = new AbortController();
    this.#closed.signal.addEventListener("abort", () => controller.abort(), { once: true });
    const timer = setTimeout(() => controller.abort(), probeTime);
    const late = new Promise<Availability>((resolve) => {
      controller.signal.addEventListener("abort", () => resolve(tooLate(mode)), { once: true });
    });
    try {
      const found = door.probe({ ...this.#context, signal: controller.signal });
      return checkedAvailability(await Promise.race([found, late]));
    } catch (thrown) {
      const { code, message, fix } = attemptError(thrown);
      if (code === "INVALID_REQUEST") throw attemptError(thrown);
      return { available: false, code, reason: message, fix: fix ?? "See the reason." };
    } finally {
      clearTimeout(timer);
    }
  }
}

function checkedAvailability(found: Availability): Availability {
  if (typeof found?.available !== "boolean") {
    throw new DualModeError("PROVIDER_FAULT", "The provider's probe gave no availability.");
  }
  if (found.available) return found;
  return { ...found, reason: redact(found.reason), fix: redact(found.fix) };
}

function tooLate(mode: Mode): Availability {
  return {
    available: false,
    code: "TIMEOUT",
    reason: `The ${mode} mode did not say within ${probeTime} ms whether it can be used.`,
    fix: mode === "cli" ? "Run the CLI once by hand and see what holds it." : "Try again.",
  };
}
