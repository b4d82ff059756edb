/** The new text of a file, and whether the old one had a server of that name. */
export interface Edited {
  readonly text: string;
  readonly state: "absent" | "same" | "other";
}

export function found(there: unknown, wanted: unknown): Edited["state"] {
  if (there === undefined) return "absent";
  return sorted(there) === sorted(wanted) ? "same" : "other";
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) => {
    const isPlain = typeof member === "object" && member !== null && !Array.isArray(member);
    return isPlain ? Object.fromEntries(Object.entries(member).sort()) : member;
  });
}
