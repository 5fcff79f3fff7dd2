// Where the page begins: the door, or the room.

import { tab } from "./memory.js";
import { Room } from "./room.js";
import { Session } from "./session.js";
import { showSignIn } from "./sign-in.js";

const FAREWELL = "parley.farewell";

let room = null;
const session = new Session({
  onRenewed: (token) => room?.refresh(token),
  onEnd: (words) => {
    // The next one who signs in starts with an empty page.
    room?.stop();
    tab.remember(FAREWELL, words);
    location.reload();
  },
});

function enter() {
  room = new Room(session);
  room.show();
}

if (session.user) {
  enter();
} else {
  showSignIn(session, tab.recall(FAREWELL, ""), enter);
  tab.remember(FAREWELL, null);
}
