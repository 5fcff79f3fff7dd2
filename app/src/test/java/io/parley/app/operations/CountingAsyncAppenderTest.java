package io.parley.app.operations;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CountingAsyncAppenderTest {
    private final LoggerContext context = new LoggerContext();
    private final CountDownLatch slow = new CountDownLatch(1);

    @Test
    @Timeout(10)
    void aLogThatCannotKeepUpCostsLinesAndNeverTime() {
        CountingAsyncAppender appender = appender(4);
        Logger logger = context.getLogger("busy");
        logger.addAppender(appender);
        long before = CountingAsyncAppender.dropped();

        long began = System.nanoTime();
        for (int line = 0; line < 1_000; line++) {
            logger.info("line {}", line);
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - began);
        slow.countDown();
        appender.stop();

        assertThat(taken).isLessThan(Duration.ofSeconds(5));
        assertThat(CountingAsyncAppender.dropped() - before).isBetween(990L, 996L);
    }

    private CountingAsyncAppender appender(int queue) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        AppenderBase<ILoggingEvent> stuck = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                try {
                    slow.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        stuck.setContext(context);
        stuck.start();
        CountingAsyncAppender appender = new CountingAsyncAppender();
        appender.setContext(context);
        appender.setQueueSize(queue);
        appender.setDiscardingThreshold(0);
        appender.setNeverBlock(true);
        appender.addAppender(stuck);
        appender.start();
        return appender;
    }
}
