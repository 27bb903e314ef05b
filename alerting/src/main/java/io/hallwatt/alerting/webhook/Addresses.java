package io.hallwatt.alerting.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * To which addresses a post may go (OWASP ASVS 5.0, 1.3.6). Asked of the address that is then connected to, not of a name: a name can have another address
 * a moment later.
 */
final class Addresses {
    /** {@code ::ffff:0:0}, which Java reads as IPv4 wherever it is written. */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xFF, (byte) 0xFF, 0, 0, 0, 0};

    /**
     * Never: nobody's, link-local (where clouds keep their credentials), reserved, multicast (IANA's registries of special-purpose addresses); what clouds answer
     * to from elsewhere; and where nobody can tell where it leads.
     */
    private static final List<Block> FORBIDDEN = blocks(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "100.100.100.200/32", // Alibaba Cloud
            "168.63.129.16/32", // Azure
            "fd00:ec2::254/128", // AWS
            "fd20:ce::254/128", // Google Cloud
            "64:ff9b:1::/48", // a network's own translation to IPv4 (RFC 8215)
            "2001::/23", // tunnels through IPv4 (Teredo, RFC 4380) and other protocols' own
            "2001:db8::/32",
            "3fff::/20",
            "5f00::/16",
            "100::/64",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/128",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");
    /** Where that is allowed: this machine, private and shared networks. */
    private static final List<Block> PRIVATE = blocks(
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "::1/128",
            "fc00::/7");
    /** IPv6 addresses with an IPv4 address at their end, which is where they lead: RFC 6052; 2765, translated; 4291 §2.5.5.2, mapped. */
    private static final List<Block> ENDING_IN_IPV4 =
            List.of(Block.of("64:ff9b::/96"), Block.of("::ffff:0:0:0/96"), new Block(MAPPED, 96));

    /** With one behind the first two bytes: RFC 3056. */
    private static final Block SIX_TO_FOUR = Block.of("2002::/16");

    private static final Block COMPATIBLE = Block.of("::/96");

    private Addresses() {}

    /** Leading bits of an address. */
    private static final class Block {
        private final byte[] start;
        private final int bits;

        private Block(byte[] start, int bits) {
            this.start = start;
            this.bits = bits;
        }

        static Block of(String text) {
            String[] parts = text.split("/", 2);
            try {
                return new Block(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(text, e);
            }
        }

        boolean has(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (start[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    static boolean allowed(InetAddress address, boolean allowPrivate) {
        byte[] bytes = address.getAddress();
        if (!(address instanceof Inet4Address)) {
            if (ENDING_IN_IPV4.stream().anyMatch(block -> block.has(bytes))) {
                return allowed(inner(bytes, 12), allowPrivate);
            }
            if (SIX_TO_FOUR.has(bytes)) {
                return allowed(inner(bytes, 2), allowPrivate);
            }
        }
        return !in(FORBIDDEN, bytes) && (allowPrivate || !in(PRIVATE, bytes)) && !compatible(bytes);
    }

    /** The long dead form {@code ::a.b.c.d}; {@code ::1} looks like one. */
    private static boolean compatible(byte[] bytes) {
        return COMPATIBLE.has(bytes) && !in(PRIVATE, bytes);
    }

    private static InetAddress inner(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static boolean in(List<Block> blocks, byte[] address) {
        return blocks.stream().anyMatch(block -> block.has(address));
    }

    private static List<Block> blocks(String... texts) {
        return Arrays.stream(texts).map(Block::of).toList();
    }
}
