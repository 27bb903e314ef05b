package io.hallwatt.contract.property;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/** Turns a property's failure into that of its smallest case. */
final class ShrinkingExtension implements InvocationInterceptor {
    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> context,
            ExtensionContext extensionContext)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (TestAbortedException e) {
            throw e;
        } catch (Throwable first) {
            List<Object> arguments = context.getArguments();
            if (arguments.isEmpty() || !(arguments.get(0) instanceof Tape tape)) {
                throw first;
            }
            Shrink.Case smallest = Shrink.smallest(tape.draws(), first, smaller -> failure(context, smaller));
            throw new AssertionError(
                    "%s (again with -Dhallwatt.seed=%s), smallest case of %d tries: %s"
                            .formatted(
                                    tape,
                                    tape.toString().replace("seed ", ""),
                                    smallest.tries(),
                                    smallest.failure().getMessage()),
                    smallest.failure());
        }
    }

    private static @Nullable Throwable failure(ReflectiveInvocationContext<Method> context, Tape tape) {
        List<Object> arguments = new ArrayList<>(context.getArguments());
        arguments.set(0, tape);
        Method property = context.getExecutable();
        property.setAccessible(true);
        try {
            property.invoke(context.getTarget().orElseThrow(), arguments.toArray());
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause() instanceof TestAbortedException ? null : e.getCause();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
