import { UsageError } from "./usage-error.ts";

/** The values from which a provider is made. */
export interface Plan {
  readonly id: string;
  readonly package: string;
  readonly baseUrl: string;
  readonly model: string;
  /** The environment variable of the key; empty if the server needs none. */
  readonly key: string;
  /** The command that implements docs/cli-protocol.md; empty if there is none. */
  readonly cli: string;
}

/** The values given by flags and answers. */
export type Answers = Partial<Plan>;

const forms: Readonly<Record<keyof Plan, readonly [form: RegExp, wanted: string]>> = {
  id: [/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "lower-case letters, digits and dashes, a letter first"],
  package: [
    /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/,
    "a name that npm takes: name or @scope/name",
  ],
  baseUrl: [/^https?:\/\/[^\s"'`\\]+$/, "an address that begins with http:// or https://"],
  model: [/^[^\s"'`\\]+$/, "a model's name, without spaces and quotes"],
  cli: [/^([A-Za-z0-9][A-Za-z0-9._-]*)?$/, "a command's name, such as acme, and no path"],
  key: [/^([A-Z][A-Z0-9_]*)?$/, "a variable's name in capitals, such as ACME_API_KEY"],
};

/** Returns the defaults for values that were not given. */
export function defaultsFor(id: string): Omit<Plan, "id"> {
  return {
    package: `acc-provider-${id}`,
    baseUrl: "http://localhost:8080/v1",
    model: "default",
    key: "",
    cli: "",
  };
}

/** Returns what is wrong with a value; undefined if it is valid. */
export function problemWith(name: keyof Plan, answer: string): string | undefined {
  const [form, wanted] = forms[name];
  return form.test(answer) ? undefined : `"${answer}" is not valid: ${wanted}`;
}

/**
 * Completes a plan with the defaults.
 *
 * @throws {@link UsageError} for what is missing or cannot be used.
 */
export function complete(answers: Answers): Plan {
  const { id } = answers;
  if (id === undefined) throw new UsageError("which provider? Give its --id, such as acme.");
  const plan: Plan = { id, ...defaultsFor(id), ...answers };
  for (const name of Object.keys(forms) as (keyof Plan)[]) {
    const problem = problemWith(name, plan[name]);
    if (problem !== undefined) throw new UsageError(`${name}: ${problem}.`);
  }
  return { ...plan, baseUrl: plan.baseUrl.replace(/\/+$/, "") };
}
