// The open conversation: its name, its messages, what waits to be sent, who is typing, and where to write.

import { Composer } from "./composer.js";
import { byId } from "./dom.js";
import { noticing } from "./notice.js";
import { Pane } from "./pane.js";
import { showPending } from "./pending.js";

export class Talk {
  #parts;
  #handlers;
  #conversation = null;
  #pane;
  #composer;

  /** @param parts {session, live, people, outbox, typing}; @param handlers onBack(), onRead(), onAnswer(message) */
  constructor(parts, handlers) {
    this.#parts = parts;
    this.#handlers = handlers;
    this.#pane = new Pane(parts, {
      edit: (message) => this.#composer.edit(message),
      remove: (message) => this.#command("delete", message),
      onRead: handlers.onRead,
    });
    this.#composer = new Composer(byId("composer"), {
      onSend: (text) => this.#send(text),
      onEdit: (message, text) => this.#edit(message, text),
      onTyping: () => this.#tellTyping(),
      onUp: () => this.#editLast(),
      onEscape: handlers.onBack,
    });
    byId("back").addEventListener("click", handlers.onBack);
    byId("scroll").addEventListener("keydown", (event) => event.key === "Escape" && handlers.onBack());
  }

  get id() {
    return this.#conversation?.id ?? null;
  }

  /** @param conversation null: none */
  open(conversation) {
    this.#conversation = conversation;
    byId("talk").hidden = conversation === null;
    byId("nothing-open").hidden = conversation !== null;
    if (conversation) {
      this.showHead();
      this.#composer.open(conversation.id, conversation.name);
      this.showPending();
      this.showTyping();
    }
    this.#pane.open(conversation);
  }

  focus() {
    this.#composer.focus();
  }

  showHead() {
    const { name, entry } = this.#conversation;
    const { kind, memberCount, peer } = entry;
    const members = memberCount === 1 ? "1 member" : `${memberCount} members`;
    byId("talk-title").textContent = name;
    byId("talk-about").textContent = kind === "direct" ? (peer ? `@${peer.handle}` : "") : `${kind}, ${members}`;
  }

  put(message) {
    this.#pane.put(message);
  }

  /** What was held has been forgotten. */
  reset() {
    this.#pane.reset();
  }

  showPending() {
    if (this.#conversation) {
      const { outbox, live } = this.#parts;
      const actions = {
        retry: (id) => {
          outbox.retry(id);
          this.#composer.focus();
        },
        rewrite: (id) => this.#composer.takeBack(outbox.withdraw(id)),
      };
      const waiting = outbox.of(this.#conversation.id);
      this.#pane.keep(() => showPending(byId("pending"), waiting, live.ready, actions));
    }
  }

  showTyping() {
    if (this.#conversation) {
      const { typing, people } = this.#parts;
      const names = typing.in(this.#conversation.id).map((id) => people.nameOf(id));
      const who = names.length > 2 ? "Several people" : names.join(" and ");
      byId("typing").textContent = names.length === 0 ? "" : `${who} ${names.length === 1 ? "is" : "are"} typing …`;
    }
  }

  /** Somebody's name has become known. */
  renamed(userId) {
    if (this.#conversation) {
      this.#pane.renamed(userId);
      this.showTyping();
    }
  }

  connectionChanged() {
    this.#pane.connectionChanged(this.#parts.live.ready);
  }

  #send(text) {
    const { outbox, typing } = this.#parts;
    typing.told(this.#conversation.id);
    outbox.add(this.#conversation.id, text);
    this.#pane.toEnd();
  }

  async #edit(message, text) {
    const done = await this.#command("edit", message, { text });
    if (!done && message.conversationId === this.id) {
      this.#composer.edit(message, text);
    }
  }

  /** Value: whether it took effect. */
  async #command(type, { conversationId, id }, more = {}) {
    const command = { type, conversationId, messageId: id, ...more };
    const ack = await noticing(() => this.#parts.live.ask(command));
    if (ack?.message) {
      this.#handlers.onAnswer(ack.message);
    }
    return ack !== undefined;
  }

  #editLast() {
    const me = this.#parts.session.user.id;
    const last = this.#conversation.messages.filter(({ senderId, deletedAt }) => senderId === me && !deletedAt).at(-1);
    if (last) {
      this.#composer.edit(last);
    }
  }

  #tellTyping() {
    const { live, typing } = this.#parts;
    if (live.ready && typing.mayTell(this.#conversation.id)) {
      live.say({ type: "typing", conversationId: this.#conversation.id });
    }
  }
}
