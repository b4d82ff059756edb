/** Built into a file of its own: everything that the usual command does not load. */

export { takeRoomsFrom } from "./start/other-rooms.ts";
export { ownRooms } from "./start/own-rooms.ts";
