-- What one process has at a time: a shard, a turn to identify. The end is in milliseconds since 1970 by the clock of the database.

CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder BIGINT NOT NULL,
    ends BIGINT NOT NULL
);
