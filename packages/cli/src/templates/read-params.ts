import { UsageError } from "../failure.ts";

/** Reads the parameters by name: `name=value`, or `name=@path` for the content of a file. */
export async function readParams(
  params: readonly string[],
  read: (path: string) => Promise<string>,
): Promise<ReadonlyMap<string, string>> {
  const values = params.map(async (param): Promise<readonly [string, string]> => {
    const sign = param.indexOf("=");
    if (sign < 1) {
      throw new UsageError(
        `The parameter ${param} has no value.`,
        "Give it as name=value, or as name=@path for what is in a file.",
      );
    }
    const value = param.slice(sign + 1);
    return [param.slice(0, sign), value.startsWith("@") ? await read(value.slice(1)) : value];
  });
  return new Map(await Promise.all(values));
}
