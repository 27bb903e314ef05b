package io.hallwatt.aggregate.streams;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** One of the stage's processors, that can be told to fail in the middle of a transaction, or to end and be begun anew, over one and the same store. */
final class Again implements Processor<byte[], byte[], byte[], byte[]> {
    private final Supplier<Shell> supplier;
    private final Consumer<Again> used;
    private final List<Cancellable> punctuations = new ArrayList<>();
    private final List<Record<byte[], byte[]>> lost = new ArrayList<>();
    private Shell inner;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private boolean restart;
    private boolean losing;
    private boolean failing;

    /** @param used told of the one that Streams begins: it asks for several and takes one */
    Again(Supplier<Shell> supplier, Consumer<Again> used) {
        this.supplier = supplier;
        this.used = used;
        this.inner = supplier.get();
    }

    /** Before the next record, a new processor takes the place of this one. */
    void restartBeforeNext() {
        restart = true;
    }

    /** From now on records are held back: to be processed together with the next after {@link #fail} in a transaction that fails. */
    void holdBack() {
        losing = true;
    }

    /** The next record, and those held back before it, are processed and then forgotten: Streams begins the same processor again. */
    void fail() {
        losing = false;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> given) {
        used.accept(this);
        context = remembering(given);
        inner.init(context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (restart) {
            restart = false;
            inner = supplier.get();
            begin();
        }
        if (losing) {
            lost.add(record);
            return;
        }
        if (lost.isEmpty()) {
            inner.process(record);
            return;
        }
        failing = true;
        lost.forEach(inner::process);
        inner.process(record);
        lost.clear();
        failing = false;
        begin();
    }

    private void begin() {
        punctuations.forEach(Cancellable::cancel);
        punctuations.clear();
        if (context == null) {
            throw new IllegalStateException("begun again before it was begun");
        }
        inner.init(context);
    }

    /** The same context, that remembers what is scheduled, since a processor that ended has no punctuation, and of a transaction that fails lets nothing out. */
    @SuppressWarnings("unchecked")
    private ProcessorContext<byte[], byte[]> remembering(ProcessorContext<byte[], byte[]> real) {
        return (ProcessorContext<byte[], byte[]>) Proxy.newProxyInstance(
                Again.class.getClassLoader(), new Class<?>[] {ProcessorContext.class}, (proxy, method, args) -> {
                    if (failing && method.getName().equals("forward")) {
                        return null;
                    }
                    try {
                        Object result = method.invoke(real, args);
                        if (result instanceof Cancellable punctuation) {
                            punctuations.add(punctuation);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }
}
