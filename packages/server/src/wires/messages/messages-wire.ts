import type { Wire } from "../wire.ts";
import { messageError, messageStatus } from "./message-error.ts";
import { readMessages } from "./read-messages.ts";

/** The wire of Anthropic's messages. */
export const messagesWire: Wire = {
  name: "messages",
  keepAlive: 'event: ping\ndata: {"type":"ping"}\n\n',
  read: readMessages,
  status: messageStatus,
  failure: (failure, id) => ({ type: "error", ...messageError(failure), request_id: id }),
  headers: (id) => ({ "request-id": id }),
};
