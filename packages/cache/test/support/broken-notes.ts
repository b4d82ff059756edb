import { type Broken, broken } from "./break-a-store.ts";

const made = "a change that is noted is made, and gives what it gave";
const news = "the news are what was noted since a position, in its order, and nothing before it";
const again = "who looks while a change is made learns of it once more when it is made";
const misses = "a computation that looks before and after it stores misses no change";

export const brokenNotes: readonly Broken[] = [
  broken(made, "makes no change", ({ invalidations }) => ({
    invalidations: { ...invalidations, around: async () => undefined as never },
  })),
  broken(made, "hides what the change throws", ({ invalidations }) => ({
    invalidations: {
      ...invalidations,
      around: (note, change) => invalidations.around(note, change).catch(() => undefined as never),
    },
  })),
  broken(news, "gives everything each time", ({ invalidations }, { notes }) => ({
    invalidations: { ...invalidations, since: async () => ({ position: "0", notes }) },
  })),
  broken(news, "forgets who said it", ({ invalidations }) => ({
    invalidations: {
      ...invalidations,
      around: (note, change) => invalidations.around({ ...note, author: "" }, change),
    },
  })),
  broken(
    again,
    "notes a change before it is made, and no more",
    ({ invalidations }, { notes }) => ({
      invalidations: {
        ...invalidations,
        around: async (note, change) => {
          notes.push(note);
          return await change();
        },
      },
    }),
  ),
  broken(
    misses,
    "notes a change after it is made, and not before",
    ({ invalidations }, { notes }) => ({
      invalidations: {
        ...invalidations,
        around: async (note, change) => {
          const given = await change();
          notes.push(note);
          return given;
        },
      },
    }),
  ),
  broken(
    "what was noted stays news when the record that it came with has gone",
    "forgets with a record what was noted with it",
    (store, { notes }) => ({
      delete: async (key) => {
        notes.splice(0, notes.length);
        return store.delete(key);
      },
    }),
  ),
];
