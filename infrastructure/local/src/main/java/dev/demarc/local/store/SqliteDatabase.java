package dev.demarc.local.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** One connection behind one lock: transactions that nest into one, and statements prepared once. */
final class SqliteDatabase implements AutoCloseable {
    private static final int BUSY_TIMEOUT_MILLISECONDS = 10_000;

    private final Path file;
    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private boolean open;
    private boolean broken;

    /** Makes one value of a row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private SqliteDatabase(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    static SqliteDatabase open(Path directory) {
        Path file = directory.resolve("demarc.db");
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLISECONDS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        try {
            OwnerOnly.prepare(directory, file);
            Connection connection = source.getConnection();
            try {
                SqliteSchema.prepare(connection, file);
                return new SqliteDatabase(file, connection);
            } catch (SQLException | StoreFailure e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreFailure(file + " cannot be opened as a data file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the work in a transaction, or inside the one that this thread has open already. */
    <T> T transaction(Supplier<T> work) {
        lock.lock();
        try {
            return open ? inside(work) : around(work);
        } finally {
            lock.unlock();
        }
    }

    private <T> T inside(Supplier<T> work) {
        boolean done = false;
        try {
            T answer = work.get();
            done = true;
            return answer;
        } finally {
            broken |= !done;
        }
    }

    private <T> T around(Supplier<T> work) {
        update("BEGIN IMMEDIATE");
        open = true;
        broken = false;
        try {
            T answer = work.get();
            if (broken) {
                throw new StoreFailure("a write inside this batch failed, so none of the batch was kept; run it again");
            }
            update("COMMIT");
            return answer;
        } catch (RuntimeException | Error e) {
            rollBack(e);
            throw e;
        } finally {
            open = false;
        }
    }

    private void rollBack(Throwable because) {
        try {
            update("ROLLBACK");
        } catch (StoreFailure alreadyRolledBack) {
            because.addSuppressed(alreadyRolledBack);
        }
    }

    /** Whether this thread is inside {@link #transaction}. */
    boolean isInTransaction() {
        return lock.isHeldByCurrentThread() && open;
    }

    /** Runs one statement and answers how many rows it changed. */
    int update(String sql, @Nullable Object... arguments) {
        lock.lock();
        try {
            return bound(sql, arguments).executeUpdate();
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            lock.unlock();
        }
    }

    <T> List<T> query(Row<T> shape, String sql, @Nullable Object... arguments) {
        lock.lock();
        try (ResultSet rows = bound(sql, arguments).executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(shape.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            lock.unlock();
        }
    }

    <T> Optional<T> first(Row<T> shape, String sql, @Nullable Object... arguments) {
        return query(shape, sql, arguments).stream().findFirst();
    }

    /** The database's own explanation of each statement that ran so far. */
    Map<String, List<String>> plans() {
        Map<String, List<String>> plans = new HashMap<>();
        List.copyOf(statements.keySet()).stream()
                .filter(sql -> !sql.startsWith("EXPLAIN"))
                .forEach(sql -> plans.put(sql, query(row -> row.getString(4), "EXPLAIN QUERY PLAN " + sql)));
        return plans;
    }

    // The map closes the statement with the database, not this method.
    @SuppressWarnings("resource")
    private PreparedStatement bound(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        statement.clearParameters();
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    private StoreFailure failure(SQLException e) {
        return new StoreFailure(file + " cannot be read or written: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
            statements.clear();
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            lock.unlock();
        }
    }
}
