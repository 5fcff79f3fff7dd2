// Where messages are written, and where one that was sent is given another text.

import { tab } from "./memory.js";

const MAX_CODE_POINTS = 4_000;
const COUNT_FROM = 3_800;
const DRAFT = "parley.draft.";

export class Composer {
  #form;
  #text;
  #send;
  #handlers;
  #conversationId = null;
  #editing = null;

  /**
   * @param handlers onSend(text), onEdit(message, text), onTyping(), onUp() in an empty field, onEscape(); texts are
   *     neither empty nor too long
   */
  constructor(form, handlers) {
    this.#form = form;
    this.#text = form.querySelector("#text");
    this.#send = form.querySelector("#send");
    this.#handlers = handlers;
    this.#text.addEventListener("input", () => this.#typed());
    this.#text.addEventListener("keydown", (event) => this.#key(event));
    form.querySelector("#edit-cancel").addEventListener("click", () => this.#stopEditing());
    form.addEventListener("submit", (event) => this.#submit(event));
  }

  focus() {
    this.#text.focus();
  }

  /** Shows what was begun in this conversation. */
  open(conversationId, name) {
    this.#conversationId = conversationId;
    this.#editing = null;
    this.#text.setAttribute("aria-label", `Message to ${name}`);
    this.#restoreDraft();
  }

  /** Puts a text back, before what is there. */
  takeBack(text) {
    this.#stopEditing();
    this.#fill([text, this.#text.value].filter(Boolean).join("\n"));
    this.#keepDraft();
    this.focus();
  }

  /** @param text of the message, or what was to become of it */
  edit(message, text = message.text) {
    this.#editing = message;
    this.#fill(text);
    this.focus();
  }

  #restoreDraft() {
    this.#fill(tab.recall(DRAFT + this.#conversationId, ""));
  }

  #keepDraft() {
    tab.remember(DRAFT + this.#conversationId, this.#text.value || null);
  }

  #stopEditing() {
    if (this.#editing) {
      this.#editing = null;
      this.#restoreDraft();
      this.focus();
    }
  }

  #fill(text) {
    this.#text.value = text;
    this.#look();
  }

  #typed() {
    this.#look();
    if (!this.#editing) {
      this.#keepDraft();
      if (this.#text.value.trim()) {
        this.#handlers.onTyping();
      }
    }
  }

  #key(event) {
    // While an input method composes, Enter chooses a word.
    if (event.isComposing) {
      return;
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#form.requestSubmit();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (this.#editing) {
        this.#stopEditing();
      } else {
        this.#handlers.onEscape();
      }
    } else if (event.key === "ArrowUp" && this.#text.value === "") {
      event.preventDefault();
      this.#handlers.onUp();
    }
  }

  #submit(event) {
    event.preventDefault();
    if (this.#send.disabled) {
      return;
    }
    const text = this.#text.value.trim();
    const edited = this.#editing;
    if (edited) {
      this.#stopEditing();
      this.#handlers.onEdit(edited, text);
      return;
    }
    this.#fill("");
    this.#keepDraft();
    this.focus();
    this.#handlers.onSend(text);
  }

  #look() {
    // Code points, as the server counts them: an emoji is one, although a string has two units for it.
    const length = [...this.#text.value.trim()].length;
    const left = MAX_CODE_POINTS - length;
    this.#send.disabled = length === 0 || left < 0;
    this.#send.textContent = this.#editing ? "Save" : "Send";
    this.#form.querySelector("#editing").hidden = this.#editing === null;
    this.#form.classList.toggle("over", left < 0);
    this.#form.querySelector("#counter").textContent =
      length < COUNT_FROM ? "" : left < 0 ? `${-left} too many` : `${left} left`;
    this.#text.setAttribute("aria-invalid", String(left < 0));
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight}px`;
  }
}
