package io.hallwatt.app.pipeline;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FenceProducersOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions that a killed process left open. Nobody reads committed records behind them before the broker aborts them, ten seconds after they began: a stage that runs again, under
 * another id, has its metrics unread for so long.
 */
final class OpenTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(OpenTransactions.class);

    private static final int PATIENCE_MILLIS = 5_000;

    private OpenTransactions() {}

    /** Aborts them all; to be called where no stage runs yet, on a broker that takes records: one that has only just started knows of none. Where that fails they time out, as they would have. */
    static void abort(Admin admin) {
        try {
            List<String> open = admin
                    .listTransactions(new ListTransactionsOptions()
                            .filterStates(List.of(TransactionState.ONGOING))
                            .timeoutMs(PATIENCE_MILLIS))
                    .all()
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .stream()
                    .map(TransactionListing::transactionalId)
                    .toList();
            if (!open.isEmpty()) {
                FenceProducersOptions options = new FenceProducersOptions();
                options.timeoutMs(PATIENCE_MILLIS);
                admin.fenceProducers(open, options).all().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever starts the stages next sees it
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("What a killed process left open is not aborted yet: metrics may come ten seconds later", e);
        }
    }
}
