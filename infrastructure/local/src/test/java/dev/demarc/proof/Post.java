package dev.demarc.proof;

import dev.demarc.proof.Functions.Parcel;

/** Something to deliver; its message is written when it is delivered. */
interface Post {
    Parcel parcel(int id);
}
