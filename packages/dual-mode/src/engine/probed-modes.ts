import type { Mode } from "../contract/mode.ts";
import type { Logger, ProbeContext } from "../contract/mode-context.ts";
import type { Availability, LoadedProvider, ProviderMode } from "../contract/provider.ts";
import { DualModeError } from "../error.ts";
import { foreignText } from "../text/foreign-text.ts";
import { attemptError } from "./attempt-error.ts";
import type { ModeFacts } from "./plan-routes.ts";
import { SharedProbe } from "./shared-probe.ts";

/** The timeout of a probe, in ms. */
const probeTime = 10_000;

/** Milliseconds for which an unavailable mode is not probed again. */
const closedFor = 10_000;

interface Finding {
  readonly availability: Availability;
  /** On the clock of `performance.now()`. */
  readonly at: number;
}

/** The modes of one client: what each declares, and what its probe found once it was needed. */
export class ProbedModes<Options extends object> {
  readonly #provider: LoadedProvider<Options>;
  readonly #context: Omit<ProbeContext<Options>, "signal" | "logger">;
  readonly #found = new Map<Mode, Finding>();
  readonly #probes = new Map<Mode, SharedProbe>();
  readonly #wasThere = new WeakSet<ProviderMode<Options>>();

  constructor(
    provider: LoadedProvider<Options>,
    context: Omit<ProbeContext<Options>, "signal" | "logger">,
  ) {
    this.#provider = provider;
    this.#context = context;
  }

  /** Returns what is known now, without probing. */
  facts(): Partial<Record<Mode, ModeFacts>> {
    const facts: Partial<Record<Mode, ModeFacts>> = {};
    for (const mode of ["cli", "sdk"] as const) {
      const declared = this.#provider[mode];
      if (declared === undefined) continue;
      const availability = this.known(mode);
      const { credentials, supports, lacks = [], loginOnRequest } = declared;
      facts[mode] = {
        credentials,
        supports,
        lacks,
        ...(loginOnRequest && { loginOnRequest }),
        ...(availability && { availability }),
      };
    }
    return facts;
  }

  /**
   * Returns the result of the last probe; undefined if there is none, or if an unavailable mode
   * should be probed again.
   */
  known(mode: Mode): Availability | undefined {
    const finding = this.#found.get(mode);
    if (finding === undefined) return undefined;
    const { availability, at } = finding;
    const closed = !availability.available || availability.login === false;
    if (closed && performance.now() - at > closedFor) return undefined;
    return availability;
  }

  /** Ends the probes that are in progress. */
  async close(): Promise<void> {
    await Promise.all([...this.#probes.values()].map((look) => look.end()));
  }

  /** Forgets the result of a probe that a run has proved wrong. */
  forget(mode: Mode): void {
    this.#found.delete(mode);
  }

  /**
   * Probes a mode; callers at the same time share one probe.
   *
   * @throws the signal's reason, once a probe for which only this caller waited has been cleaned up
   */
  async probe(mode: Mode, signal: AbortSignal, logger: Logger): Promise<Availability> {
    const asked = this.#provider[mode];
    if (asked === undefined) throw new RangeError(`${this.#provider.id} has no ${mode} mode.`);
    const known = this.#probes.get(mode);
    const look =
      known === undefined || known.over
        ? new SharedProbe(
            (stop) => this.#ask(asked, { signal: stop, logger }),
            probeTime,
            tooLate(mode),
          )
        : known;
    this.#probes.set(mode, look);
    try {
      const availability = await look.wait(signal);
      this.#found.set(mode, { availability, at: performance.now() });
      if (availability.available) this.#wasThere.add(asked);
      return availability;
    } finally {
      if (look.over && this.#probes.get(mode) === look) this.#probes.delete(mode);
    }
  }

  async #ask(
    mode: ProviderMode<Options>,
    context: Pick<ProbeContext<Options>, "signal" | "logger">,
  ): Promise<Availability> {
    try {
      return checkedAvailability(await mode.probe({ ...this.#context, ...context }));
    } catch (thrown) {
      const { code, message, fix } = attemptError(thrown);
      const closed = { available: false, reason: message, fix: fix ?? "See the reason." } as const;
      if (code !== "INVALID_REQUEST") return { ...closed, code };
      // If the path was right before, it is not the caller's mistake now: the command has been
      // removed.
      if (this.#wasThere.has(mode)) return { ...closed, code: "CLI_NOT_FOUND" };
      throw attemptError(thrown);
    }
  }
}

function checkedAvailability(found: Availability): Availability {
  if (typeof found?.available !== "boolean") {
    throw new DualModeError("PROVIDER_FAULT", "The provider's probe returned no availability.");
  }
  if (found.available) {
    const { version } = found;
    return version === undefined ? found : { ...found, version: foreignText(version, 100) };
  }
  return { ...found, reason: foreignText(found.reason), fix: foreignText(found.fix) };
}

function tooLate(mode: Mode): Availability {
  return {
    available: false,
    code: "TIMEOUT",
    reason: `The ${mode} mode did not say within ${probeTime} ms whether it can be used.`,
    fix: mode === "cli" ? "Run the CLI once by hand to see why it does not end." : "Try again.",
  };
}
