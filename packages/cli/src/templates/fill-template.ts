import { UsageError } from "../failure.ts";
import { fill, inputPlace, type Template } from "./parse-template.ts";

/**
 * The prompt of a template. The rest of the command's input, besides the parameters, replaces
 * `{{input}}`, or follows the template if it has no such placeholder.
 */
export function fillTemplate(
  name: string,
  { body, places }: Template,
  params: ReadonlyMap<string, string>,
  input: string | undefined,
): string {
  const values = new Map(input === undefined ? params : [...params, [inputPlace, input]]);
  const missing = places.filter((place) => !values.has(place));
  if (missing.length > 0) {
    throw new UsageError(`The template ${name} wants ${missing.join(", ")}.`, howToGive(missing));
  }
  const unused = [...params.keys()].find((param) => !places.includes(param));
  if (unused !== undefined) {
    const there = places.length > 0 ? `It has ${places.join(", ")}.` : "It has no parameters.";
    throw new UsageError(`The template ${name} has no place for ${unused}.`, there);
  }
  const filled = fill(body, values);
  const behind = input === undefined || places.includes(inputPlace) ? [] : [input];
  return [filled, ...behind].filter((part) => part !== "").join("\n\n");
}

function howToGive(missing: readonly string[]): string {
  const params = missing.filter((place) => place !== inputPlace);
  const ways = [
    ...params.map((place) => `-p ${place}=TEXT, or -p ${place}=@FILE`),
    ...(params.length < missing.length ? ["the input as words, by --file or on stdin"] : []),
  ];
  return `Give ${ways.join("; ")}.`;
}
