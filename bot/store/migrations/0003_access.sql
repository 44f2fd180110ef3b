-- Counts by the city's day: numbers alone, so that a page of a million questions costs what a page of ten does.
-- kind, name and part are those of bot/store/tally.py; shard keeps replicas out of each other's rows.
CREATE TABLE tallies (
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    part TEXT NOT NULL,
    shard INTEGER NOT NULL DEFAULT 0,
    n BIGINT NOT NULL,
    PRIMARY KEY (kind, day, name, part, shard)
);

INSERT INTO tallies (day, kind, name, part, n)
SELECT day, 'hour', CAST(hour AS TEXT), outcome, count(*) FROM questions GROUP BY day, hour, outcome;
INSERT INTO tallies (day, kind, name, part, n)
SELECT day, 'language', language, outcome, count(*) FROM questions GROUP BY day, language, outcome;
INSERT INTO tallies (day, kind, name, part, n)
SELECT day, 'programme', programme, coalesce(aspect, ''), count(*) FROM questions WHERE programme IS NOT NULL
GROUP BY day, programme, coalesce(aspect, '');
INSERT INTO tallies (day, kind, name, part, n)
SELECT day, 'topic', topic, '', count(*) FROM questions WHERE topic IS NOT NULL GROUP BY day, topic;
INSERT INTO tallies (day, kind, name, part, n)
SELECT day, 'pace', pace, '', count(*) FROM (
    SELECT day, CASE
        WHEN ms <= 5 THEN '5' WHEN ms <= 10 THEN '10' WHEN ms <= 20 THEN '20' WHEN ms <= 30 THEN '30'
        WHEN ms <= 50 THEN '50' WHEN ms <= 100 THEN '100' WHEN ms <= 200 THEN '200' WHEN ms <= 500 THEN '500'
        WHEN ms <= 1000 THEN '1000' WHEN ms <= 5000 THEN '5000' ELSE 'more' END AS pace
    FROM questions) AS paced
GROUP BY day, pace;
INSERT INTO tallies (day, kind, name, part, n)
SELECT day, 'vote', coalesce(programme, ''), vote, count(*) FROM votes JOIN questions ON questions.id = votes.question
GROUP BY day, coalesce(programme, ''), vote;

-- What was not answered, grouped by its normal form without sorting.
CREATE INDEX questions_missed ON questions (normal, day) WHERE outcome = 'none';
CREATE INDEX votes_at ON votes (vote, at);

-- Who looked at what, and when.
CREATE TABLE access (
    at DOUBLE PRECISION NOT NULL,
    who TEXT NOT NULL,
    address TEXT NOT NULL,
    session TEXT NOT NULL,
    deed TEXT NOT NULL,
    about TEXT NOT NULL,
    status SMALLINT NOT NULL
);
CREATE INDEX access_at ON access (at);
