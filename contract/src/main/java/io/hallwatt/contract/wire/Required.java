package io.hallwatt.contract.wire;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which components of a record must be there: all that are not marked {@link Nullable}. */
final class Required {
    private static final ConcurrentHashMap<Class<?>, List<Component>> BY_TYPE = new ConcurrentHashMap<>();

    private Required() {}

    private record Component(String name, boolean nullable, Function<Object, @Nullable Object> get) {}

    /** Path of the first component that is null and may not be, or null where all is there. */
    static @Nullable String missing(Record record) {
        for (Component component : BY_TYPE.computeIfAbsent(record.getClass(), Required::components)) {
            Object value = component.get.apply(record);
            if (value == null) {
                if (!component.nullable) {
                    return component.name;
                }
            } else if (value instanceof Record inner
                    && inner.getClass().getPackageName().startsWith("io.hallwatt.contract")) {
                String missing = missing(inner);
                if (missing != null) {
                    return component.name + "." + missing;
                }
            }
        }
        return null;
    }

    private static List<Component> components(Class<?> type) {
        List<Component> components = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType().isPrimitive()) {
                continue;
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            var accessor = component.getAccessor();
            components.add(new Component(component.getName(), nullable, record -> {
                try {
                    return accessor.invoke(record);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("a record's component that cannot be read: " + accessor, e);
                }
            }));
        }
        return List.copyOf(components);
    }
}
