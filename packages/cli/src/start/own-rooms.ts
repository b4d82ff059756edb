/** Modules by their paths, each loaded when it is read. */
export type Rooms = Readonly<Record<string, unknown>>;

/** The modules of this file for the other one: the build writes them in (rare-rooms.config.ts). */
export const ownRooms: Rooms = {};
