-- Read by SQLite and PostgreSQL alike: whole numbers are BIGINT (ids of Discord as signed numbers), days are text (2026-11-21).
-- A migration that was released is never changed: what comes next gets a file of its own.

CREATE TABLE link (
    question BIGINT NOT NULL PRIMARY KEY,
    guild BIGINT,
    channel BIGINT NOT NULL,
    answer BIGINT NOT NULL,
    origin TEXT NOT NULL,
    about TEXT,
    day TEXT NOT NULL
);
CREATE INDEX link_by_answer ON link (answer);
CREATE INDEX link_by_day ON link (day);
CREATE INDEX link_by_guild ON link (guild);

CREATE TABLE vote (
    day TEXT NOT NULL,
    entry TEXT NOT NULL,
    helpful BIGINT NOT NULL,
    not_helpful BIGINT NOT NULL,
    PRIMARY KEY (day, entry)
);

CREATE TABLE guild_settings (
    guild BIGINT NOT NULL PRIMARY KEY,
    settings TEXT NOT NULL
);

CREATE TABLE own_answer (
    guild BIGINT NOT NULL,
    id BIGINT NOT NULL,
    question TEXT NOT NULL,
    ask TEXT NOT NULL,
    answer TEXT NOT NULL,
    created TEXT NOT NULL,
    changed TEXT NOT NULL,
    PRIMARY KEY (guild, id)
);

CREATE TABLE guild_left (
    guild BIGINT NOT NULL PRIMARY KEY,
    day TEXT NOT NULL
);

CREATE TABLE gap (
    week TEXT NOT NULL,
    words TEXT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (week, words)
);

CREATE TABLE registered (
    application BIGINT NOT NULL PRIMARY KEY,
    commands_hash TEXT NOT NULL
);
