/** What servers share goes away, or is back. */
export type AccessState =
  | { readonly state: "away"; readonly reason: string }
  | { readonly state: "back" };

/** Whether what servers share answers. */
export interface Availability {
  /** Why it does not; undefined while it does. */
  readonly away: string | undefined;
  /** Calls `told` at each change, until what it gives is called. */
  watch(told: (state: AccessState) => void): () => void;
}

/** Several as one, which is away while one of them is. */
export function joined(all: readonly (Availability | undefined)[]): Availability {
  const each = [...new Set(all)].filter((one) => one !== undefined);
  const away = () => each.find((one) => one.away !== undefined)?.away;
  return {
    get away() {
      return away();
    },
    watch(told) {
      let isAway = away() !== undefined;
      const hear = (state: AccessState) => {
        if ((away() !== undefined) === isAway) return;
        isAway = !isAway;
        told(state);
      };
      const ends = each.map((one) => one.watch(hear));
      return () => {
        for (const end of ends) end();
      };
    },
  };
}
