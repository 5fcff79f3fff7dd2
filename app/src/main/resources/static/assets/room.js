// The page of somebody who is signed in: puts the list, the open conversation and the connection together.

import { Conversations } from "./conversations.js";
import { byId } from "./dom.js";
import { ListView } from "./list-view.js";
import { Live } from "./live.js";
import { MembersPanel } from "./members-panel.js";
import { noticing, showState } from "./notice.js";
import { Outbox } from "./outbox.js";
import { People } from "./people.js";
import { say } from "./speech.js";
import { StartDialog } from "./start-dialog.js";
import { Talk } from "./talk.js";
import { Typing } from "./typing.js";

const NARROW = matchMedia("(max-width: 46rem)");

export class Room {
  #session;
  #ready = false;
  #people;
  #conversations;
  #live;
  #outbox;
  #typing;
  #list;
  #talk;
  #members;

  constructor(session) {
    const me = session.user;
    this.#session = session;
    this.#people = new People(session, (id) => this.#renamed(id));
    this.#conversations = new Conversations(session, this.#people, {
      onList: () => this.#drawList(),
      onReset: (id) => id === this.#talk.id && this.#talk.reset(),
      onGone: (id) => this.#gone(id),
      onMessage: (conversation, message, news) => this.#message(conversation, message, news),
      onMember: (member) => this.#members.change(member),
    });
    this.#live = new Live(session, {
      onState: (state) => this.#state(state),
      onReady: (entries, started) => this.#conversations.ready(entries, started),
      onChange: (change) => this.#change(change),
      onForget: (id) => this.#conversations.forget(id),
      onTyping: (frame) => this.#typing.heard(frame),
      onRefused: () => this.#refused(),
    });
    this.#outbox = new Outbox(me.id, this.#live, {
      onChange: () => this.#talk?.showPending(),
      onStored: (message) => this.#conversations.answered(message),
    });
    this.#typing = new Typing((id) => id === this.#talk.id && this.#talk.showTyping());
    this.#list = new ListView(me.id, (id) => this.#people.nameOf(id), (id) => this.open(id));
    this.#members = new MembersPanel(session, this.#people);
    this.#talk = new Talk(
      { session, live: this.#live, people: this.#people, outbox: this.#outbox, typing: this.#typing },
      {
        onBack: () => this.#back(),
        onRead: () => this.#drawList(),
        onAnswer: (message) => this.#conversations.answered(message),
      },
    );
    this.#people.put(me);
    new StartDialog(session, (id) => this.#started(id));
  }

  show() {
    byId("room").hidden = false;
    byId("me").textContent = this.#session.user.displayName;
    byId("me").title = `@${this.#session.user.handle}`;
    byId("sign-out").addEventListener("click", () => noticing(() => this.#session.signOut()));
    window.addEventListener("online", () => this.#live.nudge());
    document.addEventListener("visibilitychange", () => !document.hidden && this.#live.nudge());
    this.#live.start();
    byId("start-open").focus();
  }

  /** The session has a fresh access token. */
  refresh(token) {
    this.#live.refresh(token);
  }

  stop() {
    this.#live.stop();
  }

  open(id) {
    const conversation = this.#conversations.get(id) ?? null;
    document.body.dataset.view = conversation ? "talk" : "list";
    this.#talk.open(conversation);
    this.#members.show(conversation);
    this.#list.mark(conversation?.id ?? null);
    if (conversation) {
      this.#talk.focus();
    }
  }

  #back() {
    const from = this.#talk.id;
    if (NARROW.matches) {
      this.open(null);
    }
    this.#list.focus(from);
  }

  async #started(id) {
    if ((this.#conversations.get(id) ?? (await this.#conversations.load(id))) !== null) {
      this.open(id);
    }
  }

  #state(state) {
    showState(state);
    if (this.#ready !== this.#live.ready) {
      this.#ready = this.#live.ready;
      this.#outbox.connectionChanged();
      this.#talk.connectionChanged();
    }
  }

  #change(change) {
    const { membership, session, message } = change;
    if (membership) {
      if (!membership.role) {
        this.#live.drop(membership.conversationId);
      }
      this.#conversations.membership(membership);
    } else if (session) {
      if (session.id === this.#session.id) {
        this.#session.end("This session was ended.");
      }
    } else {
      if (message) {
        this.#typing.over(change.logId, message.senderId);
        if (message.senderId === this.#session.user.id) {
          this.#outbox.settle(message.clientMessageId);
        }
      }
      this.#conversations.change(change);
    }
  }

  #message(conversation, message, news) {
    if (conversation.id === this.#talk.id) {
      this.#talk.put(message);
    } else if (news) {
      say(`New message in ${conversation.name}`);
    }
  }

  #gone(id) {
    if (id === this.#talk.id) {
      this.open(null);
      this.#list.focus(null);
    }
  }

  #renamed(id) {
    this.#talk?.renamed(id);
    this.#drawList();
  }

  #drawList() {
    this.#list?.draw(this.#conversations);
    const open = this.#conversations.get(this.#talk?.id);
    if (open) {
      this.#talk.showHead();
    }
  }

  // The server does not want this token: perhaps another one. If there is none, the session ends by itself.
  async #refused() {
    const token = await this.#session.token().catch(() => null);
    if (token) {
      this.#session.renew(token).catch(() => {});
    }
  }
}
