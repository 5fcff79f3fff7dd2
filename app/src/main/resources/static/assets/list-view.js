// The list of conversations: the latest first, with what is unread; arrow keys walk through it.

import { byId, element, name } from "./dom.js";
import { moment } from "./times.js";

const TITLE = document.title;

export class ListView {
  #list = byId("conversations");
  #items = new Map();
  #me;
  #nameOf;
  #onOpen;
  #current = null;
  #drawing = false;

  /** @param onOpen(id) */
  constructor(me, nameOf, onOpen) {
    this.#me = me;
    this.#nameOf = nameOf;
    this.#onOpen = onOpen;
    this.#list.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param id the open conversation; null without one */
  mark(id) {
    this.#current = id;
    for (const [itemId, item] of this.#items) {
      this.#markItem(item, itemId);
    }
  }

  focus(id) {
    (this.#items.get(id) ?? this.#list.firstElementChild)?.querySelector("button").focus();
  }

  /** At most once a frame, however many changes come. */
  draw(conversations) {
    if (!this.#drawing) {
      this.#drawing = true;
      setTimeout(() => {
        this.#drawing = false;
        this.#drawNow(conversations.list);
      });
    }
  }

  #drawNow(list) {
    const focused = document.activeElement;
    byId("no-conversations").hidden = list.length > 0;
    const items = list.map((conversation) => this.#itemOf(conversation));
    const moved = items.length !== this.#list.childElementCount || items.some((item, at) => this.#list.children[at] !== item);
    if (moved) {
      this.#list.replaceChildren(...items);
      if (this.#list.contains(focused)) {
        focused.focus({ preventScroll: true });
      }
    }
    const shown = new Set(list.map(({ id }) => id));
    [...this.#items.keys()].filter((id) => !shown.has(id)).forEach((id) => this.#items.delete(id));
    const unread = list.filter((conversation) => conversation.unread > 0).length;
    document.title = unread > 0 ? `(${unread}) ${TITLE}` : TITLE;
  }

  #itemOf(conversation) {
    const { id, unread, lastMessage } = conversation;
    let item = this.#items.get(id);
    if (!item) {
      item = element("li");
      const opener = element("button", "conversation");
      opener.type = "button";
      opener.addEventListener("click", () => this.#onOpen(id));
      item.append(opener);
      this.#items.set(id, item);
    }
    const shown = JSON.stringify([conversation.name, unread, lastMessage?.offset, this.#sender(conversation)]);
    if (item.dataset.shown !== shown) {
      item.dataset.shown = shown;
      item.firstElementChild.replaceChildren(...this.#partsOf(conversation));
    }
    this.#markItem(item, id);
    return item;
  }

  #partsOf(conversation) {
    const { unread, lastMessage, entry } = conversation;
    const head = element("span", "head");
    const title = name(conversation.name, "title");
    title.dir = "auto";
    head.append(title);
    if (entry.kind === "channel") {
      title.classList.add("channel");
    }
    const foot = element("span", "last");
    if (lastMessage) {
      head.append(moment(new Date(lastMessage.postedAt)));
      const words = lastMessage.deletedAt ? "Message deleted" : lastMessage.text;
      foot.append(name(this.#sender(conversation) + words, "preview"));
    } else {
      foot.append(element("span", "preview", "No messages yet"));
    }
    if (unread > 0) {
      const badge = element("span", "badge", unread > 99 ? "99+" : String(unread));
      badge.append(element("span", "spoken", unread === 1 ? " unread message" : " unread messages"));
      foot.append(badge);
    }
    return [head, foot];
  }

  #sender({ lastMessage, isDirect }) {
    if (!lastMessage) {
      return "";
    }
    if (lastMessage.senderId === this.#me) {
      return "You: ";
    }
    return isDirect ? "" : `${this.#nameOf(lastMessage.senderId)}: `;
  }

  #markItem(item, id) {
    if (id === this.#current) {
      item.firstElementChild.setAttribute("aria-current", "true");
    } else {
      item.firstElementChild.removeAttribute("aria-current");
    }
  }

  #key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step === undefined) {
      return;
    }
    event.preventDefault();
    const buttons = [...this.#list.querySelectorAll("button")];
    const at = Math.max(0, Math.min(buttons.length - 1, buttons.indexOf(document.activeElement) + step));
    buttons[at]?.focus();
  }
}
