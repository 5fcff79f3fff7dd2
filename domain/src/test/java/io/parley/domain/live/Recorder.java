package io.parley.domain.live;

import io.parley.domain.presence.TalkHint;
import java.util.ArrayList;
import java.util.List;

/** Notes what a follower is told. */
class Recorder implements Follower {
    final List<Long> changes = new ArrayList<>();
    final List<String> pieces = new ArrayList<>();
    final List<Long> gaps = new ArrayList<>();
    final List<TalkHint> hints = new ArrayList<>();
    final List<Throwable> faults = new ArrayList<>();

    @Override
    public void onChange(Delivery delivery) {
        changes.add(delivery.change().offset());
    }

    @Override
    public void onPiece(long from, Piece piece) {
        pieces.add(from + "-" + piece.to() + ":" + piece.changes().size());
    }

    @Override
    public void onGap(long to) {
        gaps.add(to);
    }

    @Override
    public void onHint(HintDelivery delivery) {
        hints.add(delivery.hint());
    }

    @Override
    public void onFault(Throwable fault) {
        faults.add(fault);
    }
}
