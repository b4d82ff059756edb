import type { Rooms } from "./own-rooms.ts";

let find: () => Rooms = () => ({});
let rooms: Rooms | undefined;

/** Sets where the other file's modules come from, which is looked up when one is first used. */
export function takeRoomsFrom(other: () => Rooms): void {
  find = other;
}

/**
 * A module of the other file: the build puts this call in the place of its import.
 * @public
 */
export function room(path: string): unknown {
  rooms ??= find();
  return rooms[path];
}
