package io.parley.infra.postgres;

import io.parley.domain.user.DisplayName;
import io.parley.domain.user.Handle;
import io.parley.domain.user.User;
import io.parley.domain.user.UserId;
import io.r2dbc.spi.Readable;

/** Reads users from rows. */
final class Users {
    private Users() {}

    /** From a row of {@code users}. */
    static User of(Readable row) {
        return of(row, "id", "created_at");
    }

    /** From a row in which another table has these two columns, too. */
    static User of(Readable row, String id, String createdAt) {
        return new User(
                new UserId(Column.uuid(row, id)),
                new Handle(Column.text(row, "handle")),
                new DisplayName(Column.text(row, "display_name")),
                Column.instant(row, createdAt));
    }
}
