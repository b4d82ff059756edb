import {
  type DualModeError,
  givenCount,
  isMembers,
  type JsonObject,
  type Limit,
  type Limits,
  type Members,
  type Part,
  windowLimit,
  withDetails,
} from "@acc/dual-mode/provider";

/** The windows of a login that the CLI tells together, from 2.1.259 on (anthropics/claude-code#91857). */
const windows = [
  ["fiveHours", "five_hour"],
  ["week", "seven_day"],
] as const;

/** What the CLI tells of a login's limits, in an event of its own, separate from the answer or the error. */
export class LoginLimits {
  #limits: Limits | undefined;
  /** Milliseconds since the epoch. */
  #rejectedUntil: number | undefined;

  /** A `rate_limit_event`: its times are in seconds since the epoch, what is spent is 0 to 1. */
  read({ rate_limit_info: info }: JsonObject): void {
    if (!isMembers(info)) return;
    if (info.status === "rejected") this.#rejectedUntil = resetOf(info);
    this.#limits = { ...this.#limits, ...toLimits(info) };
  }

  *parts(): Generator<Part> {
    const limits = this.#limits;
    if (limits !== undefined && Object.keys(limits).length > 0) yield { type: "limits", limits };
  }

  /** The same error with the limits, and with the wait where it is a limit whose words tell none. */
  addTo(error: DualModeError): DualModeError {
    const { code } = error;
    const isLimit = code === "QUOTA_EXHAUSTED" || code === "RATE_LIMITED";
    if (this.#limits === undefined || !isLimit) return error;
    return withDetails(error, {
      limits: this.#limits,
      retryAfter: error.retryAfter ?? this.#wait(),
    });
  }

  #wait(): number | undefined {
    if (this.#rejectedUntil === undefined) return undefined;
    return Math.max(0, Math.ceil(this.#rejectedUntil - Date.now()));
  }
}

function toLimits(info: Members): Limits {
  const all = isMembers(info.unifiedWindows) ? info.unifiedWindows : {};
  const told = windows.flatMap(([name, window]) => {
    const limit = isMembers(all[window]) ? toLimit(all[window]) : {};
    return Object.keys(limit).length > 0 ? [[name, limit] as const] : [];
  });
  return { ...binding(info), ...Object.fromEntries(told) };
}

/** The window that binds the call, which versions before tell alone: at times the week of its model. */
function binding(info: Members): Limits {
  const limit = toLimit(info);
  if (Object.keys(limit).length === 0 || typeof info.rateLimitType !== "string") return {};
  if (info.rateLimitType === "five_hour") return { fiveHours: limit };
  return info.rateLimitType.startsWith("seven_day") ? { week: limit } : {};
}

function toLimit(window: Members): Limit {
  const spent = givenCount(window.utilization);
  return windowLimit(window.status === "rejected" ? 1 : spent, resetOf(window));
}

function resetOf({ resetsAt }: Members): number | undefined {
  const seconds = givenCount(resetsAt);
  return seconds === undefined ? undefined : seconds * 1000;
}
