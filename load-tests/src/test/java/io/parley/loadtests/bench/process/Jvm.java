package io.parley.loadtests.bench.process;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.function.Predicate;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A JVM of this machine, looked at by its management beans, which are there only while somebody looks. */
public final class Jvm implements AutoCloseable {
    private final ProcessHandle process;
    private final JMXConnector connector;
    private final ThreadMXBean threads;
    private final MemoryMXBean memory;
    private final CompilationMXBean compilers;

    private Jvm(ProcessHandle process, JMXConnector connector, MBeanServerConnection beans) throws IOException {
        this.process = process;
        this.connector = connector;
        this.threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        this.memory = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        this.compilers = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.COMPILATION_MXBEAN_NAME, CompilationMXBean.class);
    }

    @SuppressWarnings("BanJNDI") // what answers is a JVM that this one has started
    public static Jvm of(ProcessHandle process) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            JMXServiceURL url = new JMXServiceURL(machine.startLocalManagementAgent());
            machine.detach();
            JMXConnector connector = JMXConnectorFactory.connect(url);
            return new Jvm(process, connector, connector.getMBeanServerConnection());
        } catch (AttachNotSupportedException cannotAttach) {
            throw new IllegalStateException(cannotAttach);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** User and system time since it began, all threads, of the collector and the compilers too; in steps of 10 ms. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** How long it has compiled since it began, about. */
    public Duration compiling() {
        return Duration.ofMillis(compilers.getTotalCompilationTime());
    }

    /** Bytes that its threads of these names have allocated on the heap since they began, to the byte. */
    public long allocatedBy(Predicate<String> names) {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        long sum = 0;
        for (int i = 0; i < ids.length; i++) {
            sum += infos[i] != null && names.test(infos[i].getThreadName()) ? Math.max(0, bytes[i]) : 0;
        }
        return sum;
    }

    /** Bytes of the heap that a full collection leaves. */
    public long liveHeap() {
        // The second one takes what the first has only cleared.
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
