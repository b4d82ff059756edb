import type { Broken } from "./break-a-store.ts";
import { minimalStore, nothingKept } from "./minimal-store.ts";

const others = "what was set is there for another process before the store is closed";

export const brokenProcesses: readonly Broken[] = [
  {
    rule: "another process reads what was noted",
    fault: "keeps its notes for itself",
    open: (kept) => minimalStore({ ...kept, notes: [] }),
  },
  {
    rule: others,
    fault: "writes when it is closed",
    open: ({ records }) => {
      const here = nothingKept();
      return {
        ...minimalStore(here),
        close: () => {
          for (const [key, record] of here.records) records.set(key, record);
        },
      };
    },
  },
  {
    rule: "a closed store can be opened again",
    fault: "throws away what it has when it is closed",
    open: (kept) => ({ ...minimalStore(kept), close: () => kept.records.clear() }),
  },
];
