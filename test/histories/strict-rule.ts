/** One thing for which an API refuses a request. */
export interface StrictRule<Body> {
  /** How the API says it. */
  readonly says: string;
  /** Where people were told so. */
  readonly source: string;
  /** Whether the body breaks the rule. */
  readonly broken: (body: Body, raw: string) => boolean;
}

/** The first rule that a request breaks. */
export function refusalOf<Body>(
  rules: readonly StrictRule<Body>[],
  raw: string,
): StrictRule<Body> | undefined {
  const body = JSON.parse(raw) as Body;
  return rules.find(({ broken }) => broken(body, raw));
}

/** Half of a surrogate pair, as JSON writes it. */
export const loneSurrogate =
  /\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f][0-9a-f]{2}/i;

export function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isBlank(text: unknown): boolean {
  return typeof text !== "string" || text.trim() === "";
}

/** Of a list of parts that shows something: a list of text alone is refused by servers that see nothing. */
export function showsMedia(content: unknown): boolean {
  return (
    Array.isArray(content) &&
    content.some((part) => /^(image_url|file)$/.test(part?.type)) &&
    content.every((part) => part.type !== "text" || !isBlank(part.text))
  );
}
