import * as z from "zod/mini";
import { type Form, form, once } from "./form.ts";
import { askable, prompt } from "./request-forms.ts";

const timeout = once(() => {
  const milliseconds = z.number().check(z.gt(0));
  return z.optional(
    z.union([
      milliseconds,
      z.strictObject({
        total: z.optional(milliseconds),
        firstPart: z.optional(milliseconds),
        idle: z.optional(milliseconds),
      }),
    ]),
  );
});
const signal = () => z.optional(z.instanceof(AbortSignal));
const callShared = once(() => {
  const mode = z.optional(z.enum(["cli", "sdk"]));
  return {
    timeout: timeout(),
    prefer: mode,
    only: mode,
    lenient: z.optional(z.boolean()),
    tenant: z.optional(prompt().check(z.maxLength(128))),
    user: z.optional(prompt()),
  };
});

export const callOptionsForm: Form = form(() =>
  z.strictObject({
    ...callShared(),
    signal: signal(),
    cache: z.optional(z.enum(["default", "refresh", "only", "off"])),
  }),
);

export const listOptionsForm: Form = form(() =>
  z.strictObject({ timeout: timeout(), signal: signal() }),
);

const price = once(() => {
  const perMillion = z.number().check(z.gte(0));
  return z.strictObject({
    input: perMillion,
    output: perMillion,
    cacheRead: z.optional(perMillion),
    cacheWrite: z.optional(perMillion),
  });
});

/** False, or an object that can do what the engine asks of it. */
const falseOr = (method: string) =>
  z.optional(
    z.custom<object | false>(
      (value) => value === false || typeof Object(value)[method] === "function",
    ),
  );

export const clientOptionsForm: Form = form(() =>
  z.strictObject({
    ...callShared(),
    apiKey: z.optional(prompt()),
    apiKeys: z.optional(z.array(prompt()).check(z.minLength(1))),
    secrets: falseOr("getAll"),
    cache: falseOr("getOrStream"),
    billing: z.optional(z.enum(["any", "login", "key"])),
    retry: z.optional(z.int().check(z.gte(0))),
    cliPath: z.optional(prompt()),
    cli: z.optional(z.strictObject({ env: z.optional(z.record(z.string(), z.string())) })),
    baseUrl: z.optional(z.url({ protocol: /^https?$/ })),
    model: z.optional(prompt()),
    prices: z.optional(z.record(z.string(), price())),
    defaults: z.optional(z.strictObject(askable())),
    onEvent: z.optional(z.custom((value) => typeof value === "function")),
  }),
);

export const chainOptionsForm: Form = form(() =>
  z.strictObject({
    on: z.optional(z.array(z.string())),
    models: z.optional(z.record(z.string(), prompt())),
  }),
);
