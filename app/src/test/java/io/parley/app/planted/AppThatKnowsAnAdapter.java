package io.parley.app.planted;

import io.parley.infra.planted.AdapterThatIsPublic;

/** Breaks a rule on purpose. */
@SuppressWarnings("unused")
public final class AppThatKnowsAnAdapter {
    private AdapterThatIsPublic adapter;
}
