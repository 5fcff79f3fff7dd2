package io.parley.infra.planted;

import io.parley.api.MessageView;

/** Breaks a rule on purpose. */
@SuppressWarnings("unused")
public final class AdapterThatKnowsTheContract {
    private MessageView view;
}
