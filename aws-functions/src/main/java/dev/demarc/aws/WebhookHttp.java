package dev.demarc.aws;

import dev.demarc.notify.TargetCheck;
import dev.demarc.notify.WebhookSender;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to addresses outside. The connection goes to an address that {@link TargetCheck} has passed, without asking the name service again;
 * no redirect is followed, no proxy used, nothing sent twice, no cookie kept, and of the answer only the status is read.
 */
public final class WebhookHttp implements WebhookSender, AutoCloseable {
    /** The longest that a post can take in all. */
    public static final Duration AT_MOST = Duration.ofSeconds(20);

    private static final int HEADERS = 100;
    private static final int LINE = 8192;

    private final TargetCheck targets;
    private final Duration atMost;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService watch;

    public WebhookHttp(TargetCheck targets) {
        this(targets, SystemDefaultDnsResolver.INSTANCE, SSLContexts.createSystemDefault(), AT_MOST);
    }

    WebhookHttp(TargetCheck targets, DnsResolver names, SSLContext trust, Duration atMost) {
        this.targets = targets;
        this.atMost = atMost;
        this.client = client(new WebhookAddresses(targets, names), trust, atMost);
        this.watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("webhook-watch").factory());
    }

    private static CloseableHttpClient client(DnsResolver addresses, SSLContext trust, Duration atMost) {
        Timeout timeout = Timeout.of(atMost);
        PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(addresses)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(HEADERS)
                                .setMaxLineLength(LINE)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .build())
                .setDefaultSocketConfig(
                        SocketConfig.custom().setSoTimeout(timeout).build())
                .build();
        // A builder that does not read the system's properties knows no proxy of the system either.
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout)
                        .setConnectionRequestTimeout(timeout)
                        .setRedirectsEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .build();
    }

    @Override
    public Reply post(URI url, Map<String, String> headers, byte[] body) {
        Optional<String> refusal = targets.refusal(url);
        if (refusal.isPresent()) {
            return new Reply.Failed("refused: " + refusal.get());
        }
        HttpPost post = new HttpPost(url);
        headers.forEach(post::setHeader);
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        ScheduledFuture<?> deadline = watch.schedule(post::cancel, atMost.toMillis(), TimeUnit.MILLISECONDS);
        HttpHost host = new HttpHost(url.getScheme(), url.getHost(), url.getPort());
        try {
            ClassicHttpResponse response = client.executeOpen(host, post, HttpClientContext.create());
            hangUp(post, response, deadline);
            return new Reply.Status(response.getCode());
        } catch (WebhookAddresses.Forbidden forbidden) {
            return new Reply.Failed("refused: its address is not on the public internet");
        } catch (IOException failed) {
            return new Reply.Failed(words(failed, post.isCancelled()));
        } finally {
            deadline.cancel(false);
        }
    }

    /** Ends the connection before the response is closed, because closing an open connection reads its content to the end. */
    private static void hangUp(HttpPost post, ClassicHttpResponse response, ScheduledFuture<?> deadline) {
        deadline.cancel(false);
        post.cancel();
        try {
            response.close();
        } catch (IOException ended) {
            // The status is known, and the connection was to end.
        }
    }

    /** Our own words: an exception's message may quote the answer. */
    private static String words(IOException failed, boolean isLate) {
        if (isLate) {
            return "there was no answer in time";
        }
        return switch (failed) {
            case java.net.UnknownHostException ignored -> "the name service does not know the host";
            case javax.net.ssl.SSLException ignored -> "no trusted connection could be made";
            case java.net.SocketTimeoutException ignored -> "there was no answer in time";
            case java.net.ConnectException ignored -> "no connection could be made";
            default -> "the connection broke";
        };
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        client.close();
    }
}
