package dev.demarc.record;

/** What every central store promises. A test class of an implementation says only how to make an empty store. */
public interface CentralStoreContract
        extends RecordingContract,
                FeedContract,
                ProjectionContract,
                FindingsContract,
                HistoryContract,
                ScopeContract,
                EvidenceContract,
                PoisonContract,
                DocumentsContract,
                RebuildContract,
                OddIdsContract,
                AtOnceContract {}
