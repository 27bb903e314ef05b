package io.hallwatt.alerting.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "192.169.0.1", "2001:4860:4860::8888", "64:ff9b::808:808"})
    void a_public_address_is_allowed(String address) throws Exception {
        assertThat(Addresses.allowed(InetAddress.getByName(address), false)).isTrue();
    }

    /** Among them this machine in decimal, in IPv6-mapped form, and as an IPv6 network would translate it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "2130706433",
                "::1",
                "::ffff:127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "::ffff:192.168.1.1",
                "100.64.0.1",
                "198.18.0.1",
                "fd00::1"
            })
    void a_private_one_only_where_that_is_allowed(String address) throws Exception {
        assertThat(Addresses.allowed(InetAddress.getByName(address), false)).isFalse();
        assertThat(Addresses.allowed(InetAddress.getByName(address), true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "fe80::1",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "255.255.255.255",
                "ff02::1",
                "::a9fe:a9fe"
            })
    void link_local_and_nobodys_addresses_are_never_allowed(String address) throws Exception {
        assertThat(Addresses.allowed(InetAddress.getByName(address), true)).isFalse();
    }
}
