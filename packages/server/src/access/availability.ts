/** A change of shared storage: it became unavailable, or is available again. */
export type AccessState =
  | { readonly state: "away"; readonly reason: string }
  | { readonly state: "back" };

/** Whether shared storage answers. */
export interface Availability {
  /** Why it does not answer; undefined while it does. */
  readonly away: string | undefined;
  /** Calls `told` at each change, and returns a function that ends this. */
  watch(told: (state: AccessState) => void): () => void;
}

/** Joins several availabilities: the result is away while any of them is. */
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
