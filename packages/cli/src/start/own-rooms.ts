/** Modules by their paths, each loaded when it is taken. */
export type Rooms = Readonly<Record<string, unknown>>;

/** What this file has for the other one: the build writes it in (rare-rooms.config.ts). */
export const ownRooms: Rooms = {};
