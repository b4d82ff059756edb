/** Returns the path of a member as it is written in code: `list[0].name`. */
export function memberPath(path: readonly PropertyKey[]): string {
  const written = path.map((each) => {
    if (typeof each === "number") return `[${each}]`;
    const name = String(each);
    return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  });
  return written.join("").replace(/^\./, "");
}
