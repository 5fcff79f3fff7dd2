// Who is in the open conversation; adding somebody, and leaving.

import { byId, element, name } from "./dom.js";

export class MembersPanel {
  #dialog = byId("members");
  #session;
  #people;
  #conversation = null;
  #members = new Map();

  constructor(session, people) {
    this.#session = session;
    this.#people = people;
    byId("members-open").addEventListener("click", () => this.#dialog.showModal());
    byId("members-close").addEventListener("click", () => this.#dialog.close());
    byId("leave").addEventListener("click", () => this.#trying(() => this.#leave()));
    byId("add-member").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#trying(() => this.#add(event.target.elements.handle));
    });
  }

  /** @param conversation that is open now; null without one */
  show(conversation) {
    const other = conversation?.id !== this.#conversation?.id;
    this.#conversation = conversation;
    byId("members-open").hidden = !conversation || conversation.isDirect;
    if (!conversation || other) {
      this.#dialog.close();
      this.#members.clear();
      this.#say("");
    }
    if (conversation && other && !conversation.isDirect) {
      this.#trying(() => this.#load(conversation));
    }
  }

  /** A change of the log. */
  change(member) {
    if (member.conversationId === this.#conversation?.id) {
      this.#put(member);
      this.#draw();
    }
  }

  async #load(conversation) {
    let after = null;
    do {
      const query = after ? `?after=${encodeURIComponent(after)}` : "";
      const page = await this.#session.call("GET", `/api/v1/conversations/${conversation.id}/members${query}`);
      if (conversation !== this.#conversation) {
        return;
      }
      page.members.forEach((member) => this.#put(member));
      after = page.after ?? null;
    } while (after);
    this.#draw();
  }

  #put(member) {
    this.#people.put(member.user);
    if (member.role) {
      this.#members.set(member.user.id, member);
    } else {
      this.#members.delete(member.user.id);
    }
  }

  #draw() {
    const rows = [...this.#members.values()].sort((one, other) =>
      one.user.displayName.localeCompare(other.user.displayName),
    );
    byId("member-list").replaceChildren(
      ...rows.map(({ user, role }) => {
        const item = element("li");
        item.append(name(user.displayName, "title"), element("span", "faint", `@${user.handle}`));
        if (role !== "member") {
          item.append(element("span", "role", role));
        }
        return item;
      }),
    );
  }

  async #add(field) {
    const handle = field.value.trim().replace(/^@/, "");
    const user = await this.#session.call("GET", `/api/v1/users/by-handle/${encodeURIComponent(handle)}`);
    await this.#session.call("POST", `/api/v1/conversations/${this.#conversation.id}/members`, { userId: user.id });
    field.value = "";
    await this.#load(this.#conversation);
  }

  async #leave() {
    await this.#session.call("POST", `/api/v1/conversations/${this.#conversation.id}/leave`);
    this.#dialog.close();
  }

  async #trying(work) {
    this.#say("");
    try {
      await work();
    } catch (problem) {
      this.#say(problem.message);
    }
  }

  #say(text) {
    byId("members-problem").textContent = text;
    byId("members-problem").hidden = text === "";
  }
}
