package io.parley.loadtests.check.checker;

import io.parley.loadtests.check.checker.Watcher.Heard;
import io.parley.loadtests.check.history.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Gives each device once more what it heard, in that order. */
final class Replay {
    private Replay() {}

    static void of(Past past, Watcher watcher) {
        Map<String, Device> devices = new HashMap<>();
        Map<Long, Line> lines = new HashMap<>();
        past.lines().forEach(line -> lines.put(line.number(), line));
        for (Event event : past.events()) {
            if (event instanceof Event.Opened opened) {
                Line line = Objects.requireNonNull(lines.get(opened.line()));
                devices.computeIfAbsent(line.device(), name -> new Device(watcher))
                        .open(line);
            } else if (event instanceof Event.Heard frame) {
                Line line = Objects.requireNonNull(lines.get(frame.line()));
                Objects.requireNonNull(devices.get(line.device())).hear(new Heard(line, frame.at(), frame.frame()));
            }
        }
        devices.values().forEach(Device::end);
    }
}
