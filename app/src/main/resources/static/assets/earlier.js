// The way back: the button above the oldest message.

import { readPage } from "./history.js";
import { showNotice } from "./notice.js";

export class Earlier {
  #button;
  #onPage;
  #before = null;

  /** @param onPage is called with what was read: {messages, before} */
  constructor(button, onPage) {
    this.#button = button;
    this.#onPage = onPage;
    button.addEventListener("click", () => this.#show());
  }

  /** @param before the offset that the next page ends below; null: there is no more */
  leadTo(before) {
    this.#before = before;
    this.#button.hidden = before == null;
  }

  async #show() {
    this.#button.disabled = true;
    try {
      this.#onPage(await readPage(this.#before));
    } catch (error) {
      showNotice(error.message, error.retryable ? () => this.#show() : null);
    } finally {
      this.#button.disabled = false;
    }
  }
}
