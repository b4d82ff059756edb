import * as z from "zod/mini";
import { featureNames } from "./feature-names.ts";
import { type Form, type Member, once } from "./form.ts";
import { askable, prompt } from "./request-forms.ts";

const milliseconds = once(() => z.number().check(z.gt(0)));
const count = once(() => z.int().check(z.gte(1)));
/** The milliseconds of a day. */
const longestRate = 24 * 3_600_000;
/** The longest wait of a standby process, in ms. */
const longestWait = 300_000;
const timeouts: Form = {
  members: { total: milliseconds, firstPart: milliseconds, idle: milliseconds },
};
const timeout: Member = (value) =>
  typeof value === "object" && value !== null ? timeouts : milliseconds();
const signal = once(() => z.instanceof(AbortSignal));
const mode = once(() => z.enum(["cli", "sdk"]));
const boolean = once(() => z.boolean());
const featureList = once(() => z.array(z.enum(featureNames)));
const cacheTime = once(() => z.enum(["5m", "1h"]));
const callShared: Readonly<Record<string, Member>> = {
  timeout,
  prefer: mode,
  only: mode,
  billing: once(() => z.enum(["any", "login", "key"])),
  lenient: (value) => (Array.isArray(value) ? featureList : boolean)(),
  promptCache: (value) => (typeof value === "string" ? cacheTime : boolean)(),
  waitForLimits: boolean,
  tenant: once(() => prompt().check(z.maxLength(128))),
  user: prompt,
  onEvent: once(() => z.custom((value) => typeof value === "function")),
};

export const callOptionsForm: Form = {
  members: {
    ...callShared,
    signal,
    cache: once(() => z.enum(["default", "refresh", "only", "off"])),
  },
};

export const listOptionsForm: Form = { members: { timeout, signal } };

const priceTable = once(() => {
  const perMillion = z.number().check(z.gte(0));
  return z.record(
    z.string(),
    z.strictObject({
      input: perMillion,
      output: perMillion,
      cacheRead: z.optional(perMillion),
      cacheWrite: z.optional(perMillion),
      cacheWriteHour: z.optional(perMillion),
    }),
  );
});
const prices: Member = (value) => (typeof value === "function" ? z.any() : priceTable());
const defaults: Form = { members: askable };

const opener = once(() => z.custom((value) => typeof value === "function"));

/** False, or an object with the method that the engine needs. */
const falseOr = (method: string): Member =>
  once(() =>
    z.custom<object | false>(
      (value) => value === false || typeof Object(value)[method] === "function",
    ),
  );

const manager = falseOr("getAll");

const standbyCount = once(() => z.int().check(z.gte(0), z.lte(16)));
const standby = once(() =>
  z.strictObject({
    count: standbyCount(),
    ttl: z.optional(z.number().check(z.gt(0), z.lte(longestWait))),
  }),
);

export const clientOptionsForm: Form = {
  members: {
    ...callShared,
    name: once(() =>
      z.string().check(z.regex(/^[\w.-]{1,64}$/, "must be letters, digits and . _ -")),
    ),
    apiKey: prompt,
    apiKeys: once(() => z.array(prompt()).check(z.minLength(1))),
    secrets: (value) => (typeof value === "function" ? opener() : manager(value)),
    cache: falseOr("getOrStream"),
    state: once(() =>
      z.custom(
        (value) => typeof Object(value).credential === "function",
        "must be what sharedState() gives",
      ),
    ),
    keyName: once(() =>
      z.string().check(z.regex(/^[a-z\d]([\w.-]{0,254}[a-z\d])?$/i, "must be a secret's name")),
    ),
    retry: once(() => z.int().check(z.gte(0))),
    concurrency: count,
    rate: once(() =>
      z.strictObject({ limit: count(), interval: z.number().check(z.gt(0), z.lte(longestRate)) }),
    ),
    cliPath: prompt,
    standby: (value) => (typeof value === "object" ? standby : standbyCount)(),
    cli: once(() => z.strictObject({ env: z.optional(z.record(z.string(), z.string())) })),
    baseUrl: once(() =>
      z
        .string()
        .check(
          z.regex(/^\s*[^#\t\r\n]*\s*$/, "must have no fragment, tab or line break"),
          z.url({ protocol: /^https?$/ }),
        ),
    ),
    model: prompt,
    prices,
    defaults: () => defaults,
  },
};

export const chainOptionsForm: Form = {
  members: {
    on: once(() => z.array(z.string())),
    also: once(() => z.array(z.string())),
    models: once(() => z.record(z.string(), prompt())),
  },
};
