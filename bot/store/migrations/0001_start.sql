-- Updates that are not answered yet. The only place with a user's words and number, and only until then.
CREATE TABLE inbox (
    update_id BIGINT PRIMARY KEY,
    chat BIGINT NOT NULL,
    rank SMALLINT NOT NULL DEFAULT 0,
    payload TEXT NOT NULL,
    received_at DOUBLE PRECISION NOT NULL,
    tries SMALLINT NOT NULL DEFAULT 0,
    owner TEXT,
    lease_until DOUBLE PRECISION NOT NULL DEFAULT 0,
    not_before DOUBLE PRECISION NOT NULL DEFAULT 0
);
CREATE INDEX inbox_chat ON inbox (chat, update_id);
CREATE INDEX inbox_turn ON inbox (rank DESC, update_id);

-- Numbers of updates that came before, so that a repeat is dropped.
CREATE TABLE seen (
    update_id BIGINT PRIMARY KEY,
    at DOUBLE PRECISION NOT NULL
);
CREATE INDEX seen_at ON seen (at);

-- Updates that could not be answered: what they looked like, without a word of them.
CREATE TABLE set_aside (
    update_id BIGINT PRIMARY KEY,
    at DOUBLE PRECISION NOT NULL,
    tries SMALLINT NOT NULL,
    error TEXT NOT NULL,
    shape TEXT NOT NULL
);

CREATE TABLE questions (
    id BIGINT PRIMARY KEY,
    at DOUBLE PRECISION NOT NULL,
    day TEXT NOT NULL,
    hour SMALLINT NOT NULL,
    person TEXT NOT NULL,
    language TEXT NOT NULL,
    outcome TEXT NOT NULL,
    programme TEXT,
    aspect TEXT,
    topic TEXT,
    candidates TEXT NOT NULL,
    text TEXT,
    normal TEXT,
    knowledge TEXT NOT NULL,
    ms DOUBLE PRECISION NOT NULL
);
CREATE INDEX questions_at ON questions (at);
CREATE INDEX questions_person ON questions (person);

CREATE TABLE votes (
    question BIGINT NOT NULL,
    person TEXT NOT NULL,
    vote TEXT NOT NULL,
    at DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (question, person)
);
CREATE INDEX votes_person ON votes (person);

-- By salted hash: the language that was chosen, the programme last shown.
CREATE TABLE people (
    person TEXT PRIMARY KEY,
    language TEXT,
    shown TEXT,
    shown_at DOUBLE PRECISION NOT NULL DEFAULT 0,
    at DOUBLE PRECISION NOT NULL
);
CREATE INDEX people_at ON people (at);

-- One row, written to learn whether writing is possible.
CREATE TABLE pulse (
    id SMALLINT PRIMARY KEY,
    at DOUBLE PRECISION NOT NULL
);
