// Starts a conversation: with a person, a group, a channel of one's own, or by joining a channel.

import { button, byId, element, name } from "./dom.js";
import { newId } from "./ids.js";

export class StartDialog {
  #dialog = byId("start");
  #form = byId("start-form");
  #problem = byId("start-problem");
  #session;
  #onStarted;
  #key = newId();

  /** @param onStarted(conversationId) */
  constructor(session, onStarted) {
    this.#session = session;
    this.#onStarted = onStarted;
    byId("start-open").addEventListener("click", () => this.#open());
    byId("start-close").addEventListener("click", () => this.#dialog.close());
    this.#form.addEventListener("change", (event) => event.target.name === "kind" && this.#look());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#trying(() => this.#start());
    });
  }

  get #kind() {
    return this.#form.elements.kind.value;
  }

  #open() {
    this.#form.reset();
    this.#key = newId();
    this.#dialog.showModal();
    this.#look();
  }

  #look() {
    const kind = this.#kind;
    this.#say("");
    for (const field of this.#form.querySelectorAll("[data-for]")) {
      field.hidden = !field.dataset.for.split(" ").includes(kind);
      field.querySelectorAll("input").forEach((input) => (input.disabled = field.hidden));
    }
    if (kind === "join") {
      this.#trying(() => this.#showChannels());
    }
  }

  async #start() {
    const { handle, title, handles } = this.#form.elements;
    const kind = this.#kind;
    if (kind === "join") {
      return;
    }
    const body = { kind };
    if (kind === "direct") {
      body.userId = await this.#idOf(handle.value);
    } else {
      body.title = title.value.trim();
      body.idempotencyKey = this.#key;
      body.memberIds = [];
      for (const one of handles.disabled ? [] : handles.value.split(/[\s,]+/).filter(Boolean)) {
        body.memberIds.push(await this.#idOf(one));
      }
    }
    const entry = await this.#session.call("POST", "/api/v1/conversations", body);
    this.#done(entry.id);
  }

  async #idOf(written) {
    const handle = written.trim().replace(/^@/, "");
    try {
      return (await this.#session.call("GET", `/api/v1/users/by-handle/${encodeURIComponent(handle)}`)).id;
    } catch (problem) {
      if (problem.status === 404) {
        problem.message = `There is nobody called “${handle}” here.`;
      }
      throw problem;
    }
  }

  async #showChannels(after = null) {
    const list = byId("channels");
    if (!after) {
      list.replaceChildren();
    }
    const query = after ? `?after=${encodeURIComponent(after)}` : "";
    const page = await this.#session.call("GET", `/api/v1/channels${query}`);
    list.append(...page.channels.map((channel) => this.#channelItem(channel)));
    if (page.after) {
      const more = element("li");
      const next = () => this.#trying(() => this.#showChannels(page.after).then(() => more.remove()));
      more.append(button("More channels", next));
      list.append(more);
    }
    byId("no-channels").hidden = list.childElementCount > 0;
  }

  #channelItem({ id, title }) {
    const item = element("li");
    const joiner = button("Join", () =>
      this.#trying(async () => {
        await this.#session.call("POST", `/api/v1/conversations/${id}/join`);
        this.#done(id);
      }),
    );
    joiner.setAttribute("aria-label", `Join ${title}`);
    item.append(name(title, "title channel"), joiner);
    return item;
  }

  async #trying(work) {
    this.#say("");
    this.#form.setAttribute("aria-busy", "true");
    try {
      await work();
    } catch (problem) {
      this.#say(problem.message);
    } finally {
      this.#form.removeAttribute("aria-busy");
    }
  }

  #say(text) {
    this.#problem.textContent = text;
    this.#problem.hidden = text === "";
  }

  #done(id) {
    this.#dialog.close();
    this.#onStarted(id);
  }
}
