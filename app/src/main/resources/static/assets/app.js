// Puts the parts of the page together.

import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { Earlier } from "./earlier.js";
import { readSince } from "./history.js";
import { isMine, newMessageId } from "./identity.js";
import { clearNotice, showNotice, showState } from "./notice.js";
import { Outbox } from "./outbox.js";
import { showPending } from "./pending.js";
import { silently } from "./speech.js";
import { Timeline } from "./timeline.js";
import { countUnread } from "./unread.js";
import { Viewport } from "./viewport.js";

// Ack and change overtake one another by a moment; a hole that is still there after this is a missed message.
const HOLE_PATIENCE_MS = 1_000;
// A tab may be open for weeks: beyond the first number the oldest are let go, down to the second.
const HELD_MOST = 2_000;
const HELD_AFTER = 1_000;

const byId = (id) => document.getElementById(id);
const log = byId("log");
const timeline = new Timeline(byId("messages"), isMine);
const viewport = new Viewport(byId("scroll"), byId("jump"));
const earlier = new Earlier(byId("earlier"), (page) => {
  silently(log, () => take(page.messages));
  viewport.keep(() => earlier.leadTo(page.before));
});
const composer = new Composer(byId("composer"), (text) => {
  outbox.add(newMessageId(), text);
  viewport.toEnd();
});
const connection = new Connection({ onState, onFrame, onProblem, onEnd, catchUp });
const outbox = new Outbox(connection, (messages) => {
  viewport.keep(() => showPending(byId("pending"), messages, connection.live, actions));
  showWhetherEmpty();
});
const actions = {
  retry: (id) => {
    outbox.retry(id);
    composer.focus();
  },
  edit: (id) => composer.takeBack(outbox.withdraw(id)),
};

let started = false;
let holeTimer = null;

function onState(state) {
  showState(state);
  if (state === "live") {
    clearNotice();
  }
  outbox.connectionChanged();
}

function onFrame(frame) {
  if (frame.type === "error") {
    if (frame.ref) {
      outbox.fail(frame.ref, frame.problem);
    } else {
      showNotice(frame.problem.detail);
    }
    return;
  }
  // The ack and the change of one message are the same news.
  if (frame.message && take([frame.message])) {
    viewport.announce();
    countUnread();
    mendHole();
  }
}

function onProblem(error) {
  showNotice(error.message, error.retryable ? () => connection.nudge() : null);
}

function onEnd(code, reason) {
  showNotice(`The server ended the connection (${[code, reason].join(" ").trim()}). Reload the page to connect again.`);
}

async function catchUp() {
  const { messages, before, joined } = await readSince(started ? timeline.completeTo : null);
  const put = () => take([...messages].reverse());
  if (!started) {
    silently(log, put);
  } else if (put()) {
    viewport.announce();
  }
  if (messages.length > 0) {
    timeline.markComplete(messages[0].offset);
  }
  if (!joined) {
    viewport.keep(() => {
      timeline.startAt(messages.at(-1)?.offset ?? 0);
      earlier.leadTo(before);
    });
  }
  started = true;
  showWhetherEmpty();
}

/** Value: whether any was new. */
function take(messages) {
  let any = false;
  viewport.keep(() => {
    for (const message of messages) {
      any = timeline.put(message) || any;
      outbox.settle(message.clientMessageId);
    }
    if (timeline.size > HELD_MOST && viewport.atEnd) {
      const oldest = timeline.fromEnd(HELD_AFTER);
      timeline.startAt(oldest);
      earlier.leadTo(oldest);
    }
  });
  showWhetherEmpty();
  return any;
}

function mendHole() {
  if (!timeline.hasHole) {
    return;
  }
  holeTimer ??= setTimeout(() => {
    holeTimer = null;
    if (connection.live && timeline.hasHole) {
      catchUp().catch(() => connection.renew());
    }
  }, HOLE_PATIENCE_MS);
}

function showWhetherEmpty() {
  byId("empty").hidden = !started || timeline.size > 0 || byId("pending").childElementCount > 0;
}

window.addEventListener("online", () => connection.nudge());
document.addEventListener("visibilitychange", () => connection.nudge());
connection.open();
