package io.hallwatt.app.container;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Skips a class, with the reason, where Docker does not answer or an image is not on this machine: tests pull none. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ImagesCondition.class)
@interface NeedsImages {
    /** Names without their tags, which docker-compose.yml has. */
    String[] value();

    /** Whether a compose command is needed, too. */
    boolean compose() default false;
}
