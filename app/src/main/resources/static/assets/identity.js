// Which messages are of this tab. The lobby is anonymous: only the sender knows.

import { recall, remember } from "./memory.js";

const STORE = "parley.mine";
const REMEMBERED = 1_000;

const mine = new Set(recall(STORE, []));

export function isMine(clientMessageId) {
  return mine.has(clientMessageId);
}

/** A new clientMessageId: a random UUID. `crypto.randomUUID` is not there on plain HTTP, other than on localhost. */
export function newMessageId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const id = hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  mine.add(id);
  remember(STORE, [...mine].slice(-REMEMBERED));
  return id;
}
