const units: readonly (readonly [milliseconds: number, one: string, more: string])[] = [
  [86_400_000, "day", "days"],
  [3_600_000, "h", "h"],
  [60_000, "min", "min"],
  [1000, "s", "s"],
];

/** How long ago a moment was, as people say it: "3 min ago". */
export function timeAgo(moment: number, now: number = Date.now()): string {
  const age = now - moment;
  const [size, one, more] = units.find(([milliseconds]) => age >= milliseconds) ?? [];
  if (size === undefined) return "a moment ago";
  const count = Math.floor(age / size);
  return `${count} ${count === 1 ? one : more} ago`;
}
