/** A member in which two requests differ. */
export interface Difference {
  /** Such as `request.messages[0].content`. */
  readonly path: string;
  /** Undefined if the new request has no such member. */
  readonly asked: unknown;
  /** Undefined if the recorded request has no such member. */
  readonly recorded: unknown;
}

/** Lists the innermost members in which two JSON values differ, in order. */
export function differences(asked: unknown, recorded: unknown, path: string): Difference[] {
  if (!isParent(asked) || !isParent(recorded) || Array.isArray(asked) !== Array.isArray(recorded)) {
    return Object.is(asked, recorded) ? [] : [{ path, asked, recorded }];
  }
  const names = new Set([...Object.keys(asked), ...Object.keys(recorded)]);
  return [...names].flatMap((name) => {
    const place = Array.isArray(asked) ? `${path}[${name}]` : path + step(name);
    return differences(memberOf(asked, name), memberOf(recorded, name), place);
  });
}

/**
 * Returns the distance of two requests: 0 for equal ones, at most 1 for each member that differs.
 */
export function distance(found: readonly Difference[]): number {
  return found.reduce((sum, { asked, recorded }) => sum + apart(asked, recorded), 0);
}

/**
 * Returns the distance of two values. Strings that start or end alike are closer to each other than
 * others.
 */
function apart(asked: unknown, recorded: unknown): number {
  if (typeof asked !== "string" || typeof recorded !== "string") return 1;
  const longest = Math.max(asked.length, recorded.length);
  const start = commonStart(asked, recorded);
  let end = 0;
  while (end < Math.min(asked.length, recorded.length) - start) {
    if (asked.at(-1 - end) !== recorded.at(-1 - end)) break;
    end++;
  }
  return 1 - (start + end) / (longest + 1);
}

/** Returns the number of UTF-16 units that two texts have in common at the start. */
export function commonStart(one: string, other: string): number {
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at++;
  return at;
}

type Parent = Readonly<Record<string, unknown>>;

function isParent(value: unknown): value is Parent {
  return typeof value === "object" && value !== null;
}

function memberOf(parent: Parent, name: string): unknown {
  return Object.hasOwn(parent, name) ? parent[name] : undefined;
}

function step(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
