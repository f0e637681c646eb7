package dev.demarc.aws;

import dev.demarc.notify.TargetCheck;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The addresses of a host, all of them checked. The client connects to what this returns, so that a name that stands for a public address
 * at one moment and for an inner one at the next cannot lead inside: it is asked once, and the answer that is checked is the one used.
 */
record WebhookAddresses(TargetCheck targets, DnsResolver names) implements DnsResolver {

    /** One of the addresses may not be called. */
    static final class Forbidden extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Forbidden(String because) {
            super(because);
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        if (addresses == null || addresses.length == 0) {
            throw new UnknownHostException("no address");
        }
        for (InetAddress address : addresses) {
            var refusal = targets.refusal(address);
            if (refusal.isPresent()) {
                throw new Forbidden(refusal.get());
            }
        }
        return addresses;
    }

    /** The name as it is: another name would have to be checked again. */
    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
