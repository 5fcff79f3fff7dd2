// Where messages are written.

const MAX_CODE_POINTS = 4_000;
const COUNT_FROM = 3_800;

export class Composer {
  #form;
  #text;
  #send;
  #counter;
  #onSend;

  /** @param onSend is called with the text, which is neither empty nor too long */
  constructor(form, onSend) {
    this.#form = form;
    this.#text = form.querySelector("#text");
    this.#send = form.querySelector("#send");
    this.#counter = form.querySelector("#counter");
    this.#onSend = onSend;
    this.#text.addEventListener("input", () => this.#look());
    this.#text.addEventListener("keydown", (event) => this.#key(event));
    form.addEventListener("submit", (event) => this.#submit(event));
    // A browser that restores the field after a reload tells nobody.
    this.#look();
  }

  focus() {
    this.#text.focus();
  }

  /** Puts a text back, before what is there. */
  takeBack(text) {
    this.#text.value = [text, this.#text.value].filter(Boolean).join("\n");
    this.#look();
    this.#text.focus();
  }

  #key(event) {
    // While an input method composes, Enter chooses a word.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#form.requestSubmit();
    }
  }

  #submit(event) {
    event.preventDefault();
    if (this.#send.disabled) {
      return;
    }
    const text = this.#text.value.trim();
    this.#text.value = "";
    this.#look();
    this.#text.focus();
    this.#onSend(text);
  }

  #look() {
    // Code points, as the server counts them: an emoji is one, although a string has two units for it.
    const length = [...this.#text.value.trim()].length;
    const left = MAX_CODE_POINTS - length;
    this.#send.disabled = length === 0 || left < 0;
    this.#form.classList.toggle("over", left < 0);
    this.#counter.textContent = length < COUNT_FROM ? "" : left < 0 ? `${-left} too many` : `${left} left`;
    this.#text.setAttribute("aria-invalid", String(left < 0));
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight}px`;
  }
}
