// The messages of the open conversation: from its end or from what is new in it, and back as far as one scrolls.

import { byId } from "./dom.js";
import { noticing } from "./notice.js";
import { Reading } from "./reading.js";
import { silently } from "./speech.js";
import { Timeline } from "./timeline.js";
import { Viewport } from "./viewport.js";

const PAGE = 50;
const MOST_PER_PAGE = 200;
// A conversation may be open for weeks: beyond the first number the oldest are let go, down to the second.
const HELD_MOST = 1_500;
const HELD_AFTER = 500;
const HELD_CLOSED = 100;

export class Pane {
  #session;
  #people;
  #actions;
  #conversation = null;
  #busy = false;
  #log = byId("log");
  #timeline = new Timeline(byId("messages"));
  #reading;
  #viewport;

  /** @param parts {session, live, people}; @param actions edit(message), remove(message), onRead() */
  constructor({ session, live, people }, actions) {
    this.#session = session;
    this.#people = people;
    this.#actions = actions;
    this.#reading = new Reading(live, () => this.#visibleSeq(), (conversation, position) => {
      conversation.read(position);
      actions.onRead();
    });
    this.#viewport = new Viewport(byId("scroll"), byId("jump"), {
      onSeen: () => this.#reading.look(this.#conversation),
      onTop: () => this.#readEarlier(),
    });
    byId("earlier").addEventListener("click", () => this.#readEarlier());
  }

  /** @param conversation null: none */
  async open(conversation) {
    this.#conversation?.trim(HELD_CLOSED);
    this.#conversation = conversation;
    this.#reading.look(conversation);
    if (conversation) {
      await this.reset();
    }
  }

  /** Shows the conversation anew; reads its last page if nothing is held. */
  async reset() {
    const conversation = this.#conversation;
    const newAfter = conversation.unread > 0 ? conversation.lastReadSeq : null;
    this.#timeline.reset({
      me: this.#session.user.id,
      named: !conversation.isDirect,
      nameOf: (id) => this.#people.nameOf(id),
      actions: this.#actions,
    });
    this.showEdges();
    const wanted = Math.min(MOST_PER_PAGE, Math.max(PAGE, conversation.unread + 10));
    if (!conversation.loaded && !(await noticing(() => this.#readPage(conversation, wanted)))) {
      return;
    }
    if (conversation !== this.#conversation) {
      return;
    }
    silently(this.#log, () => conversation.messages.forEach((message) => this.#timeline.put(message)));
    this.#timeline.markNew(newAfter);
    this.showEdges();
    this.#viewport.toEnd();
    if (this.#timeline.divider) {
      this.#viewport.toElement(this.#timeline.divider);
    }
    this.#reading.look(conversation);
  }

  /** A message of the open conversation has come, or has changed. */
  put(message) {
    if (!this.#conversation.loaded) {
      return;
    }
    const news = message.seq > this.#timeline.lastSeq && message.senderId !== this.#session.user.id;
    this.#viewport.keep(() => {
      this.#timeline.put(message);
      if (news && this.#timeline.newAfter === null && (document.hidden || !this.#viewport.atEnd)) {
        this.#timeline.markNew(message.seq - 1);
      }
      if (this.#timeline.size > HELD_MOST && this.#viewport.atEnd) {
        this.#conversation.trim(HELD_AFTER);
        this.#timeline.startAt(this.#conversation.before);
      }
      this.showEdges();
    });
    if (news) {
      this.#viewport.announce();
    }
    this.#reading.look(this.#conversation);
  }

  /** Changes what stands below the messages. */
  keep(change) {
    this.#viewport.keep(change);
    this.showEdges();
  }

  /** The reader says something: all there is has been seen. */
  toEnd() {
    if (this.#timeline.newAfter !== null) {
      this.#timeline.markNew(null);
    }
    this.#viewport.toEnd();
  }

  renamed(userId) {
    this.#timeline.renamed(userId);
  }

  connectionChanged(live) {
    this.#reading.connectionChanged();
    if (live && this.#conversation && !this.#conversation.loaded && !this.#busy) {
      this.reset();
    }
  }

  showEdges() {
    const { loaded, before } = this.#conversation ?? {};
    byId("earlier").hidden = !loaded || before === null;
    byId("empty").hidden = !loaded || before !== null || this.#timeline.size > 0 || byId("pending").childElementCount > 0;
  }

  async #readEarlier() {
    const conversation = this.#conversation;
    if (this.#busy || !conversation?.loaded || conversation.before === null || this.#timeline.size === 0) {
      return;
    }
    const read = await noticing(() => this.#readPage(conversation, PAGE));
    if (read && conversation === this.#conversation) {
      const known = this.#timeline.firstSeq;
      const older = conversation.messages.filter(({ seq }) => seq < known);
      silently(this.#log, () => this.#viewport.keep(() => older.reverse().forEach((message) => this.#timeline.put(message))));
      this.#viewport.keep(() => this.showEdges());
    }
  }

  async #readPage(conversation, limit) {
    this.#busy = true;
    byId("earlier").disabled = true;
    try {
      return await conversation.readPage((before) => {
        const query = new URLSearchParams({ limit });
        if (before !== null) {
          query.set("before", before);
        }
        return this.#session.call("GET", `/api/v1/conversations/${conversation.id}/messages?${query}`);
      });
    } finally {
      this.#busy = false;
      byId("earlier").disabled = false;
    }
  }

  #visibleSeq() {
    return Number(this.#viewport.lastVisible()?.dataset.seq ?? 0);
  }
}
