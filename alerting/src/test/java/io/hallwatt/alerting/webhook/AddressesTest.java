package io.hallwatt.alerting.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.32.0.1",
                "192.169.0.1",
                "2001:4860:4860::8888",
                "64:ff9b::808:808",
                "2002:808:808::1",
                "168.63.129.15"
            })
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

    /** As bytes of its own, such an address is none of IPv4 to Java. */
    @Test
    void an_ipv4_address_in_mapped_form_is_judged_as_what_it_leads_to() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xFF;
        System.arraycopy(InetAddress.getByName("169.254.169.254").getAddress(), 0, mapped, 12, 4);
        assertThat(Addresses.allowed(Inet6Address.getByAddress(null, mapped, 0), true))
                .isFalse();

        System.arraycopy(InetAddress.getByName("8.8.8.8").getAddress(), 0, mapped, 12, 4);
        assertThat(Addresses.allowed(Inet6Address.getByAddress(null, mapped, 0), false))
                .isTrue();
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
                "::a9fe:a9fe",
                "168.63.129.16",
                "::ffff:168.63.129.16",
                "64:ff9b::a83f:8110",
                "2002:a83f:8110::",
                "100.100.100.200",
                "64:ff9b::6464:64c8",
                "2002:6464:64c8::1",
                "::ffff:0:169.254.169.254",
                "fd00:ec2::254",
                "fd20:ce::254",
                "64:ff9b:1::a9fe:a9fe",
                "64:ff9b:1:a9fe:a9:fe00::",
                "2001:0:5601:5601:0:0:5601:5601",
                "2001:db8::1",
                "192.0.2.1"
            })
    void link_local_and_nobodys_addresses_are_never_allowed(String address) throws Exception {
        assertThat(Addresses.allowed(InetAddress.getByName(address), true)).isFalse();
    }
}
