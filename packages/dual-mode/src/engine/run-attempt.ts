import type { Attempt } from "../contract/attempt.ts";
import type { CanonicalRequest } from "../contract/canonical.ts";
import type { Limits, Part, Warning } from "../contract/part.ts";
import type { Availability } from "../contract/provider.ts";
import type { DualModeError } from "../error.ts";
import type { Pass } from "../pace/pass.ts";
import { withoutFeatures } from "../request/without-features.ts";
import { failedAttempt } from "./attempt.ts";
import { attemptError } from "./attempt-error.ts";
import type { Call } from "./call.ts";
import { checkFreshAnswer, isFreeText } from "./check-fresh-answer.ts";
import { foldParts, joinPart } from "./fold-parts.ts";
import { guardParts } from "./guard-parts.ts";
import { noteLimits } from "./known-limits.ts";
import { PartWatch } from "./part-watch.ts";
import type { Route } from "./plan-routes.ts";
import { targetOf } from "./route-target.ts";
import { runContext } from "./run-context.ts";
import { secretInAnswer } from "./secret-in-answer.ts";
import { outOfTime, unlessAborted } from "./timers.ts";
import { withFix } from "./with-fix.ts";

/** The input of one attempt, besides the call and its route. */
export interface Trying {
  readonly warnings: readonly Warning[];
  readonly pass: Pass;
  /** The result of the probe of the route's mode. */
  readonly known: Availability;
}

/** How one attempt ended. */
export interface AttemptOutcome {
  readonly attempt: Attempt;
  readonly error?: DualModeError;
  /** Whether something of this attempt has reached the caller, so that it must not be repeated. */
  readonly committed: boolean;
  readonly parts: readonly Part[];
}

/**
 * Tries a route once. Its parts are yielded from the first piece of content on, so a failure before
 * that does not show. For a call with `hold` nothing is yielded; the outcome has the parts, with
 * pieces joined.
 */
export async function* runAttempt<Options extends object>(
  call: Call<Options>,
  route: Route,
  { warnings, pass, known }: Trying,
): AsyncGenerator<Part, AttemptOutcome> {
  const { provider, request, hold, report } = call;
  const { mode, credential } = route;
  const target = {
    provider: provider.name,
    mode,
    credential: credential.source,
    model: request.model,
  };
  const parts: Part[] = [];
  const started = performance.now();
  let shown = 0;
  let isWarm = false;
  report({ type: "attempt-start", ...target });
  const told = (limits: Limits) => {
    noteLimits(targetOf(call, route), limits);
    pass.told(limits);
    report({ type: "limits", ...target, limits });
  };
  const end = (error?: DualModeError): AttemptOutcome => {
    if (error?.limits !== undefined) told(error.limits);
    const ms = Math.ceil(performance.now() - started);
    const plain =
      error === undefined
        ? { ...target, ms }
        : failedAttempt(target, error, ms, foldParts(parts).usage);
    const attempt: Attempt = isWarm ? { ...plain, warm: true } : plain;
    call.attempts.push(attempt);
    report({ type: "attempt-end", attempt });
    return { attempt, committed: shown > 0, parts, ...(error && { error }) };
  };
  try {
    const warm = () => {
      isWarm = true;
    };
    for await (const together of openRoute(call, route, known, warm)) {
      for (const part of together) {
        if (part.type !== "start") pass.admitted();
        if (part.type === "limits") told(part.limits);
        if (hold) joinPart(parts, part);
        else parts.push(part);
        if (part.type === "start") parts.push(...warningParts(warnings));
        if (hold || (shown === 0 && !content.has(part.type))) continue;
        const ready = parts.length - (part.type === "finish" ? 1 : 0);
        while (shown < ready) yield parts[shown++] as Part;
      }
    }
    const schema = isFreeText(route.ignored) ? undefined : call.schema;
    const checking = checkFreshAnswer(parts, schema);
    await (schema === undefined ? checking : unlessAborted(call.signal, checking));
    const secret = secretInAnswer(parts);
    // Inserted before the finish part, which has not been yielded yet.
    if (secret) parts.splice(-1, 0, { type: "warning", warning: secret });
  } catch (thrown) {
    const late = performance.now() >= call.deadline;
    const error = late ? outOfTime(call.timeouts.total) : thrown;
    const { models } = provider;
    return end(withFix(attemptError(error), { models, baseUrl: call.baseUrl }));
  }
  const outcome = end();
  while (!hold && shown < parts.length) yield parts[shown++] as Part;
  return outcome;
}

function warningParts(warnings: readonly Warning[]): readonly Part[] {
  return warnings.map((warning) => ({ type: "warning", warning }));
}

function openRoute<Options extends object>(
  call: Call<Options>,
  route: Route,
  known: Availability,
  warm: () => void,
): AsyncGenerator<readonly Part[]> {
  call.signal.throwIfAborted();
  const mode = call.provider[route.mode];
  if (mode === undefined) throw new RangeError(`${call.provider.id} has no ${route.mode} mode.`);
  const request: CanonicalRequest = withoutFeatures(call.request, route.ignored);
  const controller = new AbortController();
  const watch = new PartWatch(controller);
  const news = { alive: () => watch.alive(), warm };
  const context = runContext(call, route, known, controller.signal, news);
  const parts = call.batched?.run(request, context as never) ?? mode.run(request, context);
  return guardParts(parts, { watch, signal: call.signal, ...call.timeouts });
}

/**
 * The types of parts that make up an answer: a caller who has seen one must not get another answer.
 */
const content: ReadonlySet<Part["type"]> = new Set([
  "text",
  "reasoning",
  "tool-input",
  "tool-call",
]);
