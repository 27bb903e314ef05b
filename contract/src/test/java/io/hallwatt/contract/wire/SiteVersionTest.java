package io.hallwatt.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SiteYaml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SiteVersionTest {
    @Test
    void it_is_what_sha256sum_says_of_the_record() {
        // printf abc | sha256sum
        assertThat(SiteVersion.of("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo("ba7816bf8f01cfea");
    }

    @Test
    void a_site_has_the_version_of_its_record_however_often_it_is_written_and_another_when_anything_in_it_is_changed() {
        Site site = SiteYaml.reference();
        Site renamed = new Site(
                site.id(),
                site.name() + " II",
                site.zone(),
                site.latitude(),
                site.longitude(),
                site.halls(),
                List.copyOf(site.sources()));

        assertThat(SiteVersion.of(site))
                .isEqualTo(SiteVersion.of(Codecs.SITE.write(site)))
                .isEqualTo(SiteVersion.of(SiteYaml.reference()))
                .isNotEqualTo(SiteVersion.of(renamed));
    }
}
