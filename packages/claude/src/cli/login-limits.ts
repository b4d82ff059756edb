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

/**
 * The rate limit windows of a login that the CLI reports together, from 2.1.259 on
 * (anthropics/claude-code#91857).
 */
const windows = [
  ["fiveHours", "five_hour"],
  ["week", "seven_day"],
] as const;

/**
 * The limits of a login, which the CLI reports in an event of its own, separate from the answer or
 * the error.
 */
export class LoginLimits {
  #limits: Limits | undefined;
  /** Milliseconds since the epoch. */
  #rejectedUntil: number | undefined;

  /** Reads a `rate_limit_event`: times are in seconds since the epoch, the used part is 0 to 1. */
  read({ rate_limit_info: info }: JsonObject): void {
    if (!isMembers(info)) return;
    if (info.status === "rejected") this.#rejectedUntil = resetOf(info);
    this.#limits = { ...this.#limits, ...toLimits(info) };
  }

  *parts(): Generator<Part> {
    const limits = this.#limits;
    if (limits !== undefined && Object.keys(limits).length > 0) yield { type: "limits", limits };
  }

  /** Adds the limits to an error, and the wait if the error is a limit whose message tells none. */
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

/**
 * Returns the window that limits the call, the only one that earlier versions report; it may be the
 * week of its model.
 */
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
