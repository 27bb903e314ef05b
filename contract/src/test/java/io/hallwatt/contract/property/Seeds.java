package io.hallwatt.contract.property;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Runs a property once a seed, 1 to {@code value}: {@code @ParameterizedTest @Seeds(500) void x(Random seeded)}. All that the property makes up comes from that
 * Random. A failure is run again with smaller and smaller draws; what is reported is the seed and the failure of the smallest case.
 *
 * <p>{@code -Dhallwatt.seeds=10000} raises the count everywhere, {@code -Dhallwatt.most.seeds=30} lowers it, {@code -Dhallwatt.seed=17} runs that one alone.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(SeedsSource.class)
@ExtendWith(ShrinkingExtension.class)
public @interface Seeds {
    int value();
}
